/** Carries out a press and release of a pointer button with everything a browser does around it. */
import type { Click, RefusalCode } from "#protocol/messages";
import { placeCaret } from "./caret.ts";
import type { Focus } from "./focus.ts";
import type { Gate } from "./gate.ts";
import type { Place } from "./place.ts";
import { type Button, fire, type Mouse, type Stroke } from "./pointer.ts";
import type { Step, Steps } from "./steps.ts";
import { frameDocument, nearest } from "./tree.ts";

/** Clicks at most this far apart count as one double click. */
const DOUBLE_CLICK_MS = 1000;

const BUTTONS: Record<NonNullable<Click["button"]>, { button: Button; buttons: number }> = {
  left: { button: 0, buttons: 1 },
  middle: { button: 1, buttons: 4 },
  right: { button: 2, buttons: 2 },
};

const INTERACTIVE = "a[href],button,input,select,textarea";

/** The field that a click on the element's label goes to. */
function labelledBy(element: HTMLElement): HTMLElement | null {
  const stop = nearest(element, (at) => at.matches(`label,${INTERACTIVE}`));
  return stop?.localName === "label" ? (stop as HTMLLabelElement).control : null;
}

/** Why a click there would touch what may not be touched. */
function refusal(element: HTMLElement, gate: Gate): RefusalCode | null {
  const field = labelledBy(element);
  const code = gate.barred(element) ?? (field && gate.barred(field));
  if (code) return code;
  // What a frame of another origin shows is out of reach; a disabled field takes no clicks.
  const isClosedFrame = element.localName === "iframe" && !frameDocument(element);
  const isOff = nearest(element, (at) => at.matches(":is(button,input,select,textarea):disabled"));
  if (isClosedFrame || isOff) return "not_possible";
  // No script may open a file dialogue.
  return (field ?? element).matches("input[type=file i]") ? "only_visitor" : null;
}

export interface Clicks {
  click(wish: Click, place: Place): RefusalCode | null;
}

interface Parts {
  gate: Gate;
  mouse: Mouse;
  focus: Focus;
  steps: Steps;
}

export function createClicks(page: Window, { gate, mouse, focus, steps }: Parts): Clicks {
  let last: { element: Element; count: number; atMs: number } | null = null;

  function release(place: Place, stroke: Stroke, isMouseWanted: boolean): void {
    fire("pointerup", place, { ...stroke, buttons: 0 });
    if (isMouseWanted) fire("mouseup", place, { ...stroke, buttons: 0 });
  }

  function press(place: Place, stroke: Stroke): Step[] {
    const { element } = place;
    const isLeft = stroke.button === 0;
    const released = { ...stroke, buttons: 0 };
    let isMouseWanted = true;
    let isFocusWanted = true;
    const down = () => {
      isMouseWanted = fire("pointerdown", place, { ...stroke, detail: 0 });
      isFocusWanted = !isMouseWanted || fire("mousedown", place, stroke);
    };
    const up = () => {
      if (isFocusWanted) {
        focus.press(element);
        if (isLeft) placeCaret(place, stroke.detail ?? 1, !!stroke.modifiers?.shift);
      }
      if (element.isConnected) release(place, stroke, isMouseWanted);
    };
    const clicked = () => {
      fire(isLeft ? "click" : "auxclick", place, released);
      if (stroke.button === 2) fire("contextmenu", place, released);
      if (isLeft && stroke.detail === 2 && element.isConnected) fire("dblclick", place, released);
    };
    // The page may have taken the element away meanwhile.
    return [down, up, clicked].map((step) => () => void (element.isConnected && step()));
  }

  return {
    click({ button = "left", count = 1, modifiers }, place) {
      const code = refusal(place.element, gate);
      if (code) return code;
      const nowMs = page.performance.now();
      const isNext = last?.element === place.element && nowMs - last.atMs < DOUBLE_CLICK_MS && last.count === count - 1;
      last = { element: place.element, count, atMs: nowMs };
      mouse.moveTo(place, modifiers);
      // An agent's window may send each click of a double click, or only the second.
      const all: Step[] = [];
      for (let detail = isNext ? count : 1; detail <= count; detail++) {
        all.push(...press(place, { ...BUTTONS[button], detail, modifiers }));
      }
      steps.begin(all);
      return null;
    },
  };
}
