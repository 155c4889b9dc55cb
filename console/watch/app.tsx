/** The watch page as a whole: the picture fills the window, everything of ours steps back. */
import type { ReadonlySignal } from "@preact/signals";
import { Announcer } from "./announcer.tsx";
import type * as Cockpit from "./cockpit.tsx";
import type { Actions } from "./connection.ts";
import { Picture, type PictureParts } from "./picture.tsx";
import { SituationCard } from "./situation_card.tsx";
import type { State } from "./state.ts";

export interface AppProps {
  state: State;
  actions: Actions | null;
  parts: PictureParts;
  /** null while its bundle is on its way. */
  cockpit: ReadonlySignal<typeof Cockpit | null>;
}

export function App({ state, actions, parts, cockpit }: AppProps) {
  const bare = state.welcome.value?.branding.naked === "page_only";
  const covered = state.situation.value.place === "cover";
  const around = bare ? null : cockpit.value;
  return (
    <div class={`watch ${bare ? "bare" : ""} ${covered ? "covered" : ""}`}>
      {around && <around.Bar state={state} actions={actions} />}
      <main class="room">
        <Picture state={state} parts={parts} />
        <SituationCard state={state} actions={actions} />
      </main>
      {around && actions && <around.Docked state={state} actions={actions} />}
      {around && actions && <around.Tools state={state} actions={actions} />}
      {around && <around.Toasts state={state} />}
      <Announcer state={state} />
      {around && <around.Help state={state} />}
    </div>
  );
}
