/** Lines that go away by themselves. */
import { useEffect } from "preact/hooks";
import { Icon } from "./icons.tsx";
import type { State, Toast } from "./state.ts";

const SHOWN_MS = 6000;

export function Toasts({ state }: { state: State }) {
  const drop = (id: number) => {
    state.toasts.value = state.toasts.value.filter((one) => one.id !== id);
  };
  return (
    <div class="toasts" role="status" aria-live="polite">
      {state.toasts.value.map((one) => (
        <Line key={one.id} toast={one} dismiss={state.speech.say("dismiss")} drop={() => drop(one.id)} />
      ))}
    </div>
  );
}

function Line({ toast, dismiss, drop }: { toast: Toast; dismiss: string; drop: () => void }) {
  useEffect(() => {
    const timer = setTimeout(drop, SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="toast">
      <span>{toast.words}</span>
      <button type="button" aria-label={dismiss} onClick={drop}>
        <Icon name="close" />
      </button>
    </p>
  );
}
