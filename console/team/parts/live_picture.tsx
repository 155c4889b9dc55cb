/** A small living picture of a session: the watch page in a frame, with no right but to look. */
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../state/api.ts";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

/** Nothing that would touch the visitor's page. */
const LOOK_ONLY = Object.fromEntries(
  [
    "allow_click",
    "allow_scroll",
    "allow_type",
    "allow_draw",
    "allow_agent_redirect",
    "allow_audio",
    "allow_console",
    "allow_notes",
    "allow_show_agent_screen",
    "allow_request_visitor_screen",
    "allow_confetti",
  ].map((name) => [name, false]),
);

export function LivePicture({ shortId, name }: { shortId: string; name: string }) {
  const { api } = useDesk();
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let isHere = true;
    api("POST /visitors/{short_id}/watch", { at: [shortId], body: { permissions: LOOK_ONLY } }).then(
      (told) => isHere && setUrl(told.watch_url),
      (reason: unknown) => isHere && setProblem(Problem.of(reason)),
    );
    return () => {
      isHere = false;
    };
  }, [api, shortId]);
  return (
    <div class="live-picture">
      {url && <iframe src={url} title={WORDS.live.pictureOf(name)} tabIndex={-1} />}
      {problem && <p class="problem">{problem.words}</p>}
    </div>
  );
}
