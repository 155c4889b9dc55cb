/** Moves the focus and remembers where we put it. */
import { isTextField, selectionIn } from "./field.ts";
import { isFocusable, tabStops } from "./order.ts";
import { focusedIn, nearest } from "./tree.ts";

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

export function createFocus(page: Window): Focus {
  let remembered: Element | null = null;
  const current = () => focusedIn(page, remembered);

  function moveTo(element: HTMLElement): boolean {
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
      else current().blur();
    },
    step(isForward, mayTouch) {
      const from = current();
      const stops = tabStops(page, from).filter(mayTouch);
      const after = isForward ? 1 : -1;
      const at = stops.indexOf(from);
      // Focus that is on no stop (a dialog, an element of tabindex -1): go on from its place in the document.
      const follows = (stop: Element) => from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
      const firstAfter = from.localName === "body" ? 0 : stops.findIndex(follows);
      const start = firstAfter < 0 ? stops.length : firstAfter;
      const next = at < 0 ? (isForward ? start : start - 1) : at + after;
      const target = stops.at(next === stops.length ? 0 : next);
      if (!target || !moveTo(target)) return;
      target.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
      if (isTextField(target) && target.localName === "input" && (selectionIn(target) || target.value)) target.select();
    },
  };
}
