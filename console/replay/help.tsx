/** The list of shortcuts, in the browser's own dialog. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { SHORTCUTS } from "./keys.ts";
import type { State } from "./state.ts";

export function Help({ state }: { state: State }) {
  const { say } = state.speech;
  const dialog = useRef<HTMLDialogElement>(null);
  const shows = state.showsHelp.value;
  useEffect(() => {
    if (shows) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shows]);
  const hide = () => {
    state.showsHelp.value = false;
  };
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onCancel={hide} onClose={hide}>
      <header>
        <h2 id="help-title">{say("shortcuts")}</h2>
        <button type="button" class="tool bare-icon" aria-label={say("close")} onClick={hide}>
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {SHORTCUTS.map((one) => (
          <div key={one.keys}>
            <dt>
              {one.keys.split(" ").map((key) => (
                <kbd key={key}>{key === "Space" ? say("spaceBar") : key}</kbd>
              ))}
            </dt>
            <dd>{say(one.does)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
