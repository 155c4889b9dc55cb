/** What stands where the picture would: on its way, nothing there, or why it cannot be shown and what to do. */
import { Art } from "../watch/art.tsx";
import type { ProblemKind } from "./load.ts";
import type { Cover as CoverKind, State } from "./state.ts";

/** The drawings of the watch page that tell the same. */
const ARTS: Readonly<Record<ProblemKind | Exclude<CoverKind, null | "problem">, Parameters<typeof Art>[0]["kind"]>> = {
  opening: "opening",
  loading: "connecting",
  empty: "waiting",
  badLink: "no_seat",
  gone: "timed_out",
  notFound: "tab_closed",
  unreachable: "connection_lost",
  unreadable: "failed",
  wentWrong: "failed",
};

/** Where loading again may help. */
const AGAIN: readonly (ProblemKind | CoverKind)[] = ["unreachable", "unreadable", "wentWrong"];

type Kind = keyof typeof ARTS;

function kindOf({ problem }: State, cover: Exclude<CoverKind, null>): Kind {
  // Without a problem of loading, the player could not begin.
  return cover === "problem" ? (problem.value?.kind ?? "unreadable") : cover;
}

/** Title and detail. */
export function coverWords(state: State, cover: Exclude<CoverKind, null>): readonly string[] {
  const { say } = state.speech;
  const kind = kindOf(state, cover);
  if (kind === "opening" || kind === "loading") return [say(`${kind}Title`)];
  if (kind === "empty") {
    return state.recording.value?.is_live
      ? [say("emptyTitle"), say("emptyDetail")]
      : [say("emptyOverTitle"), say("emptyOverDetail")];
  }
  return [say(`${kind}Title`), say(`${kind}Detail`, { code: state.problem.value?.message ?? "" })];
}

export function Cover({ state }: { state: State }) {
  const cover = state.cover.value;
  if (cover === null) return null;
  const kind = kindOf(state, cover);
  const [title, detail] = coverWords(state, cover);
  return (
    <section class="card cover" data-cover={kind} aria-labelledby="cover">
      <Art kind={ARTS[kind]} />
      <h1 id="cover">{title}</h1>
      {detail && <p>{detail}</p>}
      {kind === "loading" && <Progress state={state} />}
      {(AGAIN.includes(kind) || (kind === "empty" && state.recording.value?.is_live)) && (
        <button class="button first" type="button" onClick={() => location.reload()}>
          {state.speech.say("loadAgain")}
        </button>
      )}
    </section>
  );
}

/** How much is to come is not known: pictures and style sheets of the recording come when the page asks for them. */
function Progress({ state }: { state: State }) {
  const { say, megabytes } = state.speech;
  const words = say("loadingPart", { part: megabytes(state.loadedBytes.value) });
  return (
    <>
      <p class="figures">{words}</p>
      <progress class="progress" aria-label={say("loadingTitle")} />
    </>
  );
}
