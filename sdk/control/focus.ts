/**
 * Moves the focus and remembers where we put it. In a frame whose document has not the focus, somebody types elsewhere: to focus
 * an element for real would take the keyboard away from them. There the focus is kept in mind only, and told by its events.
 */
import { isTextField, selectWhole } from "./field.ts";
import { isFocusable, tabStops } from "./order.ts";
import { focusedIn, nearest, type View, viewOf } from "./tree.ts";

export interface Focus {
  /** The element with the focus; the document's body when none has it. */
  current(): HTMLElement;
  /** False when the element cannot have the focus. */
  moveTo(element: HTMLElement): boolean;
  /** As pressing a pointer does: to the nearest element that can have it, else away. */
  press(element: HTMLElement): void;
  /** As Tab does, passing over what may not be touched; wraps at the ends. */
  step(isForward: boolean, mayTouch: (element: HTMLElement) => boolean): void;
}

function fireFocus(type: "blur" | "focus", element: HTMLElement, relatedTarget: HTMLElement | null): void {
  const view = viewOf(element) as View;
  const init = { composed: true, relatedTarget };
  element.dispatchEvent(new view.FocusEvent(type, init));
  element.dispatchEvent(new view.FocusEvent(type === "blur" ? "focusout" : "focusin", { ...init, bubbles: true }));
}

export function createFocus(page: Window): Focus {
  let remembered: HTMLElement | null = null;
  const isElsewhere = () => page.top !== page && !page.document.hasFocus();
  const inMind = () => (isElsewhere() && remembered?.isConnected ? remembered : null);
  const current = () => inMind() ?? focusedIn(page, remembered);

  function keepInMind(element: HTMLElement | null): void {
    const before = inMind();
    if (before === element) return;
    remembered = element;
    if (before) fireFocus("blur", before, element);
    if (element) fireFocus("focus", element, before);
  }

  function moveTo(element: HTMLElement): boolean {
    if (isElsewhere()) {
      if (isFocusable(element)) keepInMind(element);
      return current() === element;
    }
    if (current() !== element) element.focus({ preventScroll: true });
    remembered = element;
    const root = element.getRootNode() as Document | ShadowRoot;
    return root.activeElement === element;
  }

  return {
    current,
    moveTo,
    press(element) {
      const target = nearest(element, isFocusable);
      if (target) moveTo(target);
      else if (isElsewhere()) keepInMind(null);
      else current().blur();
    },
    step(isForward, mayTouch) {
      const from = current();
      const stops = tabStops(page, from).filter(mayTouch);
      const at = stops.indexOf(from);
      // Focus that is on no stop (a dialog, an element of tabindex -1): go on from its place in the document.
      const follows = (stop: Element) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
      const firstAfter = from.localName === "body" ? 0 : stops.findIndex(follows);
      const start = firstAfter < 0 ? stops.length : firstAfter;
      const next = at < 0 ? (isForward ? start : start - 1) : at + (isForward ? 1 : -1);
      const target = stops.at(next === stops.length ? 0 : next);
      if (!target || !moveTo(target)) return;
      target.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
      if (isTextField(target) && target.localName === "input") selectWhole(target);
    },
  };
}
