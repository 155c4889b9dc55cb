/** Says changes of the situation and of control to a screen reader. */
import type { State } from "./state.ts";

export function Announcer({ state }: { state: State }) {
  const { title, detail } = state.situation.value;
  const { say } = state.speech;
  const control = state.controls.value ? ` ${say("youControl", { visitor: state.visitor.value })}` : "";
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {`${title}. ${detail}${control}`}
    </p>
  );
}
