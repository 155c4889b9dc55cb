/** The visitor's pointer (in volatile frames) and the deepest element under it. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, native, type Stop, stopAll } from "./natives.ts";

export function startPointer(context: Context): Stop {
  const { page, facts, numbers } = context;
  const frame = native(page, "requestAnimationFrame");
  let place: [number, number, number] = [-1, -1, 0];
  let asked = false;
  let under: Node | null = null;
  let toldId = -1;

  function moved(event: Event): void {
    const { clientX, clientY, buttons, view } = event as PointerEvent;
    const offset = offsetOf(view);
    place = [Math.round(clientX + offset.x), Math.round(clientY + offset.y), buttons ? 1 : 0];
    const deepest = event.composedPath()[0] as Node;
    if (deepest !== under && (event as PointerEvent).pointerType !== "touch") {
      under = deepest;
      context.soon();
    }
    ask();
  }
  function ask(): void {
    if (asked) return;
    asked = true;
    frame.call(page, () => {
      asked = false;
      context.volatile([Op.Pointer, ...place]);
    });
  }
  /** Where a same-origin frame lies in the page. */
  function offsetOf(view: Window | null): { x: number; y: number } {
    const offset = { x: 0, y: 0 };
    for (let at = view; at && at !== page; at = at.parent) {
      const box = at.frameElement?.getBoundingClientRect();
      offset.x += (box?.left ?? 0) + (at.frameElement?.clientLeft ?? 0);
      offset.y += (box?.top ?? 0) + (at.frameElement?.clientTop ?? 0);
    }
    return offset;
  }
  /** The nearest node that the agent has: inside a masked block that is the block. */
  function knownAt(node: Node | null): number {
    for (let at = node; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
      const id = numbers.idOf(at);
      if (id !== undefined) return id;
    }
    return -1;
  }
  context.onRoot((root) =>
    root.nodeType === 9 ? listen(root, "pointermove pointerdown pointerup pointerover", moved) : () => undefined,
  );
  const stops = [
    listen(page.document, "pointerleave mouseleave", (event) => {
      if (event.target !== page.document && event.target !== page.document.documentElement) return;
      place = [-1, -1, 0];
      under = null;
      context.soon();
      ask();
    }),
  ];
  context.onBatch(() => {
    const id = under?.isConnected ? knownAt(under) : -1;
    if (id === toldId) return;
    toldId = id;
    facts.slots.push(Op.Hover, id);
  });
  return () => stopAll(stops);
}
