/** The one floating group of tools (A2): timer, what the pointer does, size, help, end. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Timer } from "./bar.tsx";
import type { Actions } from "./connection.ts";
import { Icon } from "./icons.tsx";
import { Modes } from "./modes.tsx";
import { nextZoom } from "./scale.ts";
import { type State, switchFit } from "./state.ts";

export function Tools({ state, actions }: { state: State; actions: Actions }) {
  const place = state.situation.value.place;
  const asks = state.asksEnd.value;
  const { say } = state.speech;
  const end = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useLayoutEffect(() => {
    // Back from the question, the keyboard is where it was asked.
    if (asked.current && !asks) end.current?.focus();
    asked.current = asks;
  }, [asks]);
  useEffect(() => {
    const close = (event: PointerEvent) => {
      if (!(event.target as Element).closest?.(".with-menu")) state.menu.value = null;
    };
    addEventListener("pointerdown", close);
    return () => removeEventListener("pointerdown", close);
  }, [state]);
  if (place === "cover" || state.leaving.value !== "no") return null;
  return (
    <div
      class={`tools ${asks ? "asks" : ""} ${state.tool.value === "look" ? "" : "inking"}`}
      role="toolbar"
      aria-label={say("tools")}
      onKeyDown={walk}
    >
      {asks ? (
        <AskEnd state={state} actions={actions} />
      ) : (
        <>
          <Timer state={state} />
          <Modes state={state} actions={actions} />
          <Sizes state={state} />
          <button
            type="button"
            class="tool wide-only"
            aria-label={say("shortcuts")}
            title={`${say("shortcuts")} (?)`}
            onClick={() => {
              state.showsHelp.value = true;
            }}
          >
            <Icon name="help" />
          </button>
          <button
            type="button"
            ref={end}
            class="tool end"
            aria-label={say("endSession")}
            title={`${say("endSession")} (Ctrl+Shift+E)`}
            onClick={() => {
              state.asksEnd.value = true;
            }}
          >
            <Icon name="end" />
            <span class="label">{say("end")}</span>
          </button>
        </>
      )}
    </div>
  );
}

function Sizes({ state }: { state: State }) {
  const { say } = state.speech;
  const percent = state.speech.percent(state.scale.value);
  const full = state.speech.percent(1);
  const fits = state.zoom.value === "fit";
  const step = (direction: 1 | -1) => () => {
    state.zoom.value = nextZoom(state.scale.value, direction);
  };
  return (
    <div class="sizes">
      <button
        type="button"
        class="tool wide-only"
        aria-label={say("smaller")}
        title={`${say("smaller")} (-)`}
        onClick={step(-1)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        class="tool percent"
        aria-label={fits ? say("fits", { percent, full }) : say("fixed", { percent })}
        title={`${fits ? say("showFull", { full }) : say("fitWindow")} (F)`}
        onClick={() => switchFit(state)}
      >
        <Icon name="fit" />
        <span class="figures">{percent}</span>
      </button>
      <button
        type="button"
        class="tool wide-only"
        aria-label={say("larger")}
        title={`${say("larger")} (+)`}
        onClick={step(1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

function AskEnd({ state, actions }: { state: State; actions: Actions }) {
  const { say } = state.speech;
  const several = (state.session.value?.agents.filter((agent) => agent.connected).length ?? 0) > 1;
  return (
    <>
      <span class="question" id="ask-end">
        {say(several ? "endAskAll" : "endAsk")}
      </span>
      <button
        type="button"
        class="tool text"
        ref={focused}
        onClick={() => {
          state.asksEnd.value = false;
        }}
      >
        {say("keepGoing")}
      </button>
      {several && (
        <button type="button" class="tool text" onClick={actions.leave}>
          {say("justLeave")}
        </button>
      )}
      <button type="button" class="tool text end" aria-describedby="ask-end" onClick={actions.end}>
        {say("endSession")}
      </button>
    </>
  );
}

function focused(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Arrow keys go through the tools, as in any toolbar. */
function walk(event: KeyboardEvent): void {
  const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const direction = document.documentElement.dir === "rtl" ? -way : way;
  if (direction === 0) return;
  const bar = event.currentTarget as HTMLElement;
  const buttons = [...bar.querySelectorAll("button")].filter((one) => one.offsetParent !== null);
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + direction + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
