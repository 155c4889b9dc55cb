/** Says changes of the situation and of control to a screen reader. */
import type { State } from "./state.ts";

export function Announcer({ state }: { state: State }) {
  const { title, detail } = state.situation.value;
  const control = state.controls.value ? ` You control ${state.visitor.value}'s page. Press Escape to stop.` : "";
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {`${title}. ${detail}${control}`}
    </p>
  );
}
