/** The watch page as a whole: the picture fills the window, everything of ours steps back. */
import { Bar, KeysBar } from "./bar.tsx";
import type { Actions } from "./connection.ts";
import { Help } from "./help.tsx";
import { Picture, type PictureParts } from "./picture.tsx";
import { SituationCard } from "./situation_card.tsx";
import type { State } from "./state.ts";
import { Announcer, Toasts } from "./toasts.tsx";
import { Tools } from "./tools.tsx";

export function App({ state, actions, parts }: { state: State; actions: Actions | null; parts: PictureParts }) {
  const bare = state.welcome.value?.branding.naked === "page_only";
  const covered = state.situation.value.place === "cover";
  const stop = () => actions?.releaseControl();
  return (
    <div class={`watch ${bare ? "bare" : ""} ${covered ? "covered" : ""}`}>
      {!bare && <Bar state={state} stop={stop} />}
      <main class="room">
        {bare && <KeysBar state={state} stop={stop} />}
        <Picture state={state} parts={parts} />
        <SituationCard state={state} actions={actions} />
      </main>
      {!bare && actions && <Tools state={state} actions={actions} />}
      <Toasts state={state} />
      <Announcer state={state} />
      <Help state={state} />
    </div>
  );
}
