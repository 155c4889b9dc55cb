/** The agent's pointer: pointing, clicks, wheel, and on touch screens tap and pan. */
import type { Click } from "#protocol/messages";
import type { SenseOptions } from "../ports.ts";
import { modifiersOf } from "./keys.ts";
import { fractionsIn, numbered, type Point2, type Spot, spotAt } from "./place.ts";
import { pixelsOf, startScrolling } from "./scroll.ts";
import type { Wishes } from "./wishes.ts";

/** A pointer that went further while pressed was dragged; that is no click. */
const CLICK_SLOP_PX = 6;

export interface PointerHooks {
  /** The agent pressed a button in control: take the keyboard. */
  onPressed(at: Point2): void;
  /** A click on something that has a picker of its own: true means it is dealt with. */
  onChoice(spot: Spot): boolean;
}

/** Begin to sense the pointer. Returns the way to stop. */
export function startPointer(
  surface: HTMLElement,
  { player, hasControl, hasLaser }: SenseOptions,
  wishes: Wishes,
  hooks: PointerHooks,
): () => void {
  const scrolling = startScrolling(player, wishes, () => performance.now());
  const ended = new AbortController();
  const { signal } = ended;
  let pressedAt: Point2 | null = null;
  let panFrom: Point2 | null = null;
  const touchAction = surface.style.touchAction;
  surface.style.touchAction = "none";

  const at = (event: MouseEvent): Point2 => ({ x: event.clientX, y: event.clientY });
  const distance = (a: Point2 | null, b: Point2) => (a ? Math.hypot(a.x - b.x, a.y - b.y) : 0);

  function target(spot: Spot | null): { node: number; fx: number; fy: number } | null {
    const found = spot && numbered(spot.element, player.idOf);
    return found ? { node: found.id, ...fractionsIn(found.element.getBoundingClientRect(), spot) } : null;
  }

  function point(event: MouseEvent): void {
    const place = target(spotAt(player.frame, at(event)));
    if (place) wishes.soon("point", { kind: "point", ...place, ...(hasLaser?.() && { laser: true }) });
  }

  function click(event: MouseEvent, button: NonNullable<Click["button"]>): void {
    event.preventDefault();
    if (!hasControl() || distance(pressedAt, at(event)) > CLICK_SLOP_PX) return;
    const spot = spotAt(player.frame, at(event));
    const place = target(spot);
    if (!spot || !place || (button === "left" && hooks.onChoice(spot))) return;
    const count = button === "left" ? Math.min(Math.max(event.detail, 1), 3) : 1;
    wishes.now({ kind: "click", ...place, button, count, ...modifiersOf(event) });
  }

  function moved(event: PointerEvent): void {
    if (panFrom && hasControl()) {
      scrolling.by(pressedAt ?? at(event), { x: panFrom.x - event.clientX, y: panFrom.y - event.clientY });
      panFrom = at(event);
    } else point(event);
  }

  function pressed(event: PointerEvent): void {
    pressedAt = at(event);
    panFrom = event.pointerType === "touch" ? at(event) : null;
  }

  function wheel(event: WheelEvent): void {
    // With Ctrl the wheel zooms the agent's own window.
    if (!hasControl() || event.ctrlKey) return;
    event.preventDefault();
    const page = player.frame.getBoundingClientRect().height;
    const [x, y] = [pixelsOf(event.deltaX, event.deltaMode, page), pixelsOf(event.deltaY, event.deltaMode, page)];
    scrolling.by(at(event), event.shiftKey && x === 0 ? { x: y, y: 0 } : { x, y });
  }

  const on = <K extends keyof HTMLElementEventMap>(type: K, hear: (event: HTMLElementEventMap[K]) => void) =>
    surface.addEventListener(type, hear, { signal, passive: false });
  on("pointermove", moved);
  on("pointerdown", pressed);
  on("pointerup", () => {
    panFrom = null;
  });
  on("pointercancel", () => {
    panFrom = null;
  });
  on("pointerleave", () => wishes.soon("point", { kind: "point", node: 0, fx: 0, fy: 0, gone: true }));
  on("mousedown", (event) => {
    if (!hasControl()) return;
    // Else the browser would give the focus to the surface.
    event.preventDefault();
    hooks.onPressed(at(event));
  });
  on("click", (event) => click(event, "left"));
  on("auxclick", (event) => event.button === 1 && click(event, "middle"));
  on("contextmenu", (event) => hasControl() && click(event, "right"));
  on("wheel", wheel);
  return () => {
    ended.abort();
    surface.style.touchAction = touchAction;
  };
}
