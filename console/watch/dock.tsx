/** What opens between the picture and the tools: the page's console, notes. Their bundle comes when one of them is opened. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Actions } from "./connection.ts";
import type * as Panels from "./dock_panels.tsx";
import { Icon } from "./icons.tsx";
import { switchFullScreen } from "./scale.ts";
import type { Speech } from "./speech.ts";
import { type Dock, mayDock, type State, switchDock } from "./state.ts";

const panels = signal<typeof Panels | null>(null);

/** The button that opened what is open: there the keyboard goes back to. */
const buttonOf = (dock: Dock) => document.querySelector<HTMLElement>(`[data-dock="${dock}"]`);

const KEYS: Record<Dock, string> = { notes: "N", console: "O" };

export function DockButtons({ state }: { state: State }) {
  if (state.situation.value.place === "cover") return null;
  return (
    <>
      {(["notes", "console"] as const).map((dock) => {
        if (!mayDock(state, dock)) return null;
        const name = state.speech.say(dock);
        const isOpen = state.dock.value === dock;
        return (
          <button
            key={dock}
            type="button"
            class={`chip ${dock === "console" && state.readsConsole.value ? "reads" : ""}`}
            data-dock={dock}
            aria-expanded={isOpen}
            aria-label={name}
            title={`${name} (${KEYS[dock]})`}
            onClick={() => switchDock(state, dock)}
          >
            <Icon name={dock} />
          </button>
        );
      })}
    </>
  );
}

/** Where the browser has a full screen for this page. */
export function FullScreenButton({ say }: Pick<Speech, "say">) {
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const name = say("fullScreen");
  return (
    <button
      type="button"
      class="chip wide-chip"
      aria-label={name}
      aria-pressed={isFull}
      title={`${name} (W)`}
      onClick={switchFullScreen}
    >
      <Icon name="full" />
    </button>
  );
}

export function Docked({ state, actions }: { state: State; actions: Actions }) {
  const dock = state.dock.value;
  useEffect(() => {
    if (dock === null || panels.value) return;
    import("./dock_panels.tsx").then(
      (bundle) => {
        panels.value = bundle;
      },
      () => {
        state.refused.value = { code: "unsupported_protocol" };
      },
    );
  }, [dock]);
  if (dock === null || !panels.value || state.situation.value.place === "cover") return null;
  const close = () => {
    state.dock.value = null;
    buttonOf(dock)?.focus();
  };
  const Panel = panels.value.PANELS[dock];
  return (
    <section
      key={dock}
      class="dock"
      aria-label={state.speech.say(dock)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
    >
      <Panel state={state} actions={actions} close={close} />
    </section>
  );
}
