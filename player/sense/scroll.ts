/** Wheel and pan: which box they move, and to where. */

import { isDocument, isElement, outerNode } from "../nodes/numbers.ts";
import type { Player } from "../ports.ts";
import { numbered, type Point2, type Spot, spotAt } from "./place.ts";
import type { Wishes } from "./wishes.ts";

/** The visitor's page answers within this time; until then the last wish counts, not the mirror. */
const ANSWER_MS = 400;
const LINE_PX = 40;

/** What can be scrolled, in one direction. */
export interface Range {
  offset: number;
  max: number;
  /** May be moved by a wheel. */
  open: boolean;
}

/** Return whether a box can go on in the direction of the delta. */
export function canMove({ offset, max, open }: Range, delta: number): boolean {
  return open && (delta > 0 ? offset < max - 1 : delta < 0 && offset > 0);
}

/** Return a wheel's delta in CSS pixels. */
export function pixelsOf(delta: number, mode: number, pagePx: number): number {
  return mode === 1 ? delta * LINE_PX : mode === 2 ? delta * pagePx : delta;
}

interface Scrollable {
  id: number;
  x: Range;
  y: Range;
}

function rangesOf(box: Element, isViewport: boolean): Pick<Scrollable, "x" | "y"> {
  const style = box.ownerDocument.defaultView?.getComputedStyle(box);
  const open = (overflow: string | undefined) =>
    isViewport ? overflow !== "hidden" && overflow !== "clip" : overflow === "auto" || overflow === "scroll";
  return {
    x: { offset: box.scrollLeft, max: box.scrollWidth - box.clientWidth, open: open(style?.overflowX) },
    y: { offset: box.scrollTop, max: box.scrollHeight - box.clientHeight, open: open(style?.overflowY) },
  };
}

function boxOf(node: Node): Element | null {
  if (isDocument(node)) return node.scrollingElement;
  return isElement(node) && node !== node.ownerDocument.scrollingElement ? node : null;
}

/** All that a wheel at an element may move, inner boxes first. A document's number means its viewport. */
function* scrollablesAround(player: Player, element: Element): Generator<Scrollable> {
  for (let at: Node | null = element; at && at !== player.frame; at = outerNode(at)) {
    const isViewport = isDocument(at);
    const box = boxOf(at);
    const id = player.idOf(at);
    if (box && id !== undefined) yield { id, ...rangesOf(box, isViewport) };
  }
}

export interface Scrolling {
  /** Move what is under a point of the window by CSS pixels of the window. */
  by(at: Point2, delta: Point2): void;
}

export function startScrolling(player: Player, wishes: Wishes, now: () => number): Scrolling {
  let last: { id: number; x: number; y: number; at_ms: number } | null = null;

  function move({ id, x, y }: Scrollable, delta: Point2): void {
    const from = last?.id === id && now() - last.at_ms < ANSWER_MS ? last : { x: x.offset, y: y.offset };
    const to = (range: Range, start: number, by: number) =>
      range.open ? Math.round(Math.min(Math.max(start + by, 0), Math.max(range.max, 0))) : range.offset;
    last = { id, x: to(x, from.x, delta.x), y: to(y, from.y, delta.y), at_ms: now() };
    wishes.soon(`scroll ${id}`, { kind: "scroll_to", node: id, x: last.x, y: last.y });
  }

  return {
    by: (at, delta) => {
      const spot: Spot | null = spotAt(player.frame, at);
      const start = spot && numbered(spot.element, player.idOf);
      if (!start) return;
      const isMoving = last !== null && now() - last.at_ms < ANSWER_MS;
      for (const scrollable of scrollablesAround(player, start.element)) {
        const isNext = canMove(scrollable.x, delta.x) || canMove(scrollable.y, delta.y);
        // A box that is being moved keeps the wheel at its end, as browsers do.
        if (isNext || (isMoving && last?.id === scrollable.id)) {
          move(scrollable, delta);
          return;
        }
      }
    },
  };
}
