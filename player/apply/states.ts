/** States of elements that the stage cannot come to by itself, shown by attributes (see stage/css.ts). */
import { Op } from "#protocol/facts";
import { MARK } from "../stage/css.ts";
import type { Kinds, Mirror } from "./mirror.ts";

const MARKS: Record<string, string> = {
  target: MARK.target,
  fullscreen: MARK.fullscreen,
  "user-valid": MARK.valid,
  "user-invalid": MARK.invalid,
  autofill: MARK.autofill,
};
const CUSTOM = /^state\(([-\w\u0080-\uffff]+)\)$/;

export function startStates({ nodes, frame }: Mirror): Kinds {
  function custom(element: Element, name: string, on: boolean): void {
    const names = new Set(element.getAttribute(MARK.state)?.split(" "));
    if (on) names.add(name);
    else names.delete(name);
    if (names.size > 0) element.setAttribute(MARK.state, [...names].join(" "));
    else element.removeAttribute(MARK.state);
  }

  /** What fills the screen is above all else: in the top layer, where a popover can bring it. */
  function fill(element: HTMLElement, on: boolean): void {
    const active = frame.ownerDocument.activeElement as HTMLElement | null;
    try {
      if (on && !element.hasAttribute("popover") && element.localName !== "dialog" && element.parentElement) {
        element.popover = "manual";
        element.showPopover();
        element.setAttribute(MARK.fullscreen, "raised");
      } else if (!on && element.getAttribute(MARK.fullscreen) === "raised") element.removeAttribute("popover");
    } catch {
      // Not connected yet, or no element that can be one: its style says the rest.
    }
    if (frame.ownerDocument.activeElement !== active) active?.focus({ preventScroll: true });
  }

  return {
    [Op.State]: (facts) => {
      const [element, name, on] = [nodes.element(facts.num()), facts.str(), facts.num() === 1];
      const state = CUSTOM.exec(name)?.[1];
      const mark = MARKS[name];
      if (state !== undefined) custom(element, state, on);
      if (mark === undefined) return;
      if (on) element.setAttribute(mark, "");
      if (mark === MARK.fullscreen) fill(element, on);
      if (!on) element.removeAttribute(mark);
    },
  };
}
