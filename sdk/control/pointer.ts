/** The events of a mouse, as a browser fires them: pointer event first, mouse event unless it was prevented. */
import type { Modifiers } from "#protocol/messages";
import type { Place } from "./place.ts";
import { isElement, outwards } from "./tree.ts";

export type Button = 0 | 1 | 2;

export interface Stroke {
  button?: Button;
  /** Bits of the buttons held (UI Events). */
  buttons?: number;
  /** How many clicks in a row. */
  detail?: number;
  modifiers?: Modifiers | undefined;
  relatedTarget?: Element | null;
}

const UNCANCELABLE = /enter$|leave$/;

/** Fire one event at a place; false when the page prevented its default. */
export function fire(type: string, { element, view, x, y }: Place, stroke: Stroke = {}): boolean {
  const { modifiers } = stroke;
  const crossesNothing = UNCANCELABLE.test(type);
  const isMouse = type.startsWith("mouse") || type === "dblclick";
  const init: PointerEventInit = {
    view,
    bubbles: !crossesNothing,
    cancelable: !crossesNothing,
    composed: !crossesNothing,
    clientX: x,
    clientY: y,
    screenX: view.screenX + x,
    screenY: view.screenY + y,
    // A pointer event that no button caused says -1 where a mouse event says 0 (Pointer Events §5.1.1.1).
    button: stroke.button ?? (isMouse ? 0 : -1),
    buttons: stroke.buttons ?? 0,
    detail: stroke.detail ?? 0,
    relatedTarget: stroke.relatedTarget ?? null,
    ctrlKey: !!modifiers?.ctrl,
    shiftKey: !!modifiers?.shift,
    altKey: !!modifiers?.alt,
    metaKey: !!modifiers?.meta,
  };
  if (isMouse) return element.dispatchEvent(new view.MouseEvent(type, init));
  return element.dispatchEvent(
    new view.PointerEvent(type, {
      ...init,
      pointerId: 1,
      pointerType: "mouse",
      isPrimary: true,
      pressure: stroke.buttons ? 0.5 : 0,
    }),
  );
}

function fireBoth(type: string, place: Place, stroke: Stroke): void {
  fire(`pointer${type}`, place, stroke);
  fire(`mouse${type}`, place, stroke);
}

/** Moves over the page; each agent's wishes share one mouse, because only one holds control. */
export interface Mouse {
  moveTo(place: Place, modifiers?: Modifiers): void;
  leave(): void;
}

export function createMouse(): Mouse {
  let last: Place | null = null;

  function cross(from: Place | null, to: Place | null): void {
    const inside = (place: Place | null) => (place ? [...outwards(place.element)].filter(isElement) : []);
    const left = inside(from);
    const entered = inside(to);
    const before = new Set(left);
    const after = new Set(entered);
    if (from) {
      const stroke = { relatedTarget: to?.element ?? null };
      fireBoth("out", from, stroke);
      for (const element of left) if (!after.has(element)) fireBoth("leave", { ...from, element }, stroke);
    }
    if (to) {
      const stroke = { relatedTarget: from?.element ?? null };
      fireBoth("over", to, stroke);
      for (const element of entered.reverse()) if (!before.has(element)) fireBoth("enter", { ...to, element }, stroke);
    }
  }

  return {
    moveTo(place, modifiers) {
      const from = last?.element.isConnected ? last : null;
      const isSameSpot = from?.element === place.element && from.x === place.x && from.y === place.y;
      last = place;
      if (from?.element !== place.element) cross(from, place);
      if (!isSameSpot) fireBoth("move", place, { modifiers });
    },
    leave() {
      if (last?.element.isConnected) cross(last, null);
      last = null;
    },
  };
}
