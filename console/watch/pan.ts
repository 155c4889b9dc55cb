/** Moves the enlarged picture: with Space held and the pointer dragged, or by a finger while nothing else is done with it (A1). */
import { effect } from "@preact/signals";
import type { State } from "./state.ts";

/** Returns the way to stop. `surface` senses the pointer for the visitor's page; it hears nothing of what moves the picture. */
export function startPan(state: State, surface: HTMLElement): () => void {
  const ended = new AbortController();
  const options = { signal: ended.signal, capture: true };
  let isHeld = false;
  let from: { x: number; y: number } | null = null;
  const view = () => surface.closest(".view");
  const isEnlarged = () => state.zoom.value !== "fit";

  function hold(isOn: boolean): void {
    isHeld = isOn;
    if (!isOn) from = null;
    surface.dataset["pan"] = isOn ? "on" : "off";
  }

  /** Keys of buttons and fields are theirs; while the agent controls, those over the picture go to the visitor. */
  function isFree(target: EventTarget | null): boolean {
    return target === document.body || (target === surface && !state.controls.value);
  }

  const fingerMoves = () => isEnlarged() && !state.controls.value && state.tool.value === "look";

  function pressed(event: PointerEvent): void {
    const isFinger = event.pointerType === "touch" && fingerMoves();
    if (!(isHeld || isFinger) || !view()?.contains(event.target as Node)) return;
    from = { x: event.clientX, y: event.clientY };
    swallow(event);
  }

  function moved(event: PointerEvent): void {
    if (!from) return;
    view()?.scrollBy(from.x - event.clientX, from.y - event.clientY);
    from = { x: event.clientX, y: event.clientY };
    swallow(event);
  }

  function released(event: PointerEvent): void {
    if (!from) return;
    from = null;
    swallow(event);
  }

  function swallow(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || !isEnlarged()) return;
      if (!isHeld && !isFree(event.target)) return;
      event.preventDefault();
      hold(true);
    },
    options,
  );
  addEventListener("keyup", (event) => event.key === " " && isHeld && hold(false), options);
  addEventListener("blur", () => hold(false), options);
  addEventListener("pointerdown", pressed, options);
  addEventListener("pointermove", moved, options);
  addEventListener("pointerup", released, options);
  addEventListener("pointercancel", released, options);
  const stopLooking = effect(() => {
    if (!isEnlarged()) hold(false);
  });
  return () => {
    stopLooking();
    ended.abort();
  };
}
