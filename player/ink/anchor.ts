/** Which element a drawing belongs to: what was circled, pointed at or drawn on, so that it stays there (SPEC D1). */
import type { Box, Point, Shape } from "#ink/shapes";
import { FIRST_FOREIGN_ID } from "#protocol/facts";
import type { Player } from "../ports.ts";
import { boxInWindow, numbered, spotAt } from "../sense/place.ts";

/** Parts of a smaller box would be too many. */
const LEAST_PX = 6;
/** A box of which so much lies within the drawing was meant as a whole. */
const CIRCLED = 0.75;
/** A line so flat underlines what is above it. */
const FLAT_PX = 16;
const GRID = 5;
const AROUND_PX = [24, 48, 96];

export interface Anchor {
  readonly id: number;
  readonly element: Element;
  readonly box: Box;
}

const areaOf = ({ width, height }: Box) => width * height;

export function boundsOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return Math.max(width, 0) * Math.max(height, 0);
}

/** Return which of the boxes a drawing is about; `hits`: at how many places within the drawing each was found. Pure. */
export function choose<Found extends { box: Box; hits: number }>(drawn: Box, found: readonly Found[]): Found | null {
  const circled = found.filter(({ box }) => sharedArea(box, drawn) >= CIRCLED * areaOf(box));
  if (circled.length > 0) return circled.reduce((a, b) => (areaOf(b.box) > areaOf(a.box) ? b : a));
  const better = (a: Found, b: Found) => b.hits > a.hits || (b.hits === a.hits && areaOf(b.box) < areaOf(a.box));
  return found.length > 0 ? found.reduce((a, b) => (better(a, b) ? b : a)) : null;
}

/** Return the element under a point of the window that a drawing can be anchored to. */
export function anchorAt(player: Player, at: Point): Anchor | null {
  let element: Element | null = spotAt(player.frame, at)?.element ?? null;
  while (element) {
    const found = numbered(element, player.idOf);
    const box = found && boxInWindow(player.frame, found.element);
    if (found && box && found.id < FIRST_FOREIGN_ID && box.width >= LEAST_PX && box.height >= LEAST_PX)
      return { ...found, box };
    // What is too small, and what a frame of another site told, stands for what it is in.
    const isInside = found !== null && found.id < FIRST_FOREIGN_ID && found.element.parentElement !== null;
    element = isInside ? found.element.parentElement : (element.ownerDocument.defaultView?.frameElement ?? null);
    if (element === player.frame) return null;
  }
  return null;
}

function gridIn({ left, top, width, height }: Box): Point[] {
  const steps = Array.from({ length: GRID }, (_, i) => (i + 0.5) / GRID);
  return steps.flatMap((fx) => steps.map((fy) => ({ x: left + width * fx, y: top + height * fy })));
}

function ringAround({ left, top, width, height }: Box, by: number): Point[] {
  const [xs, ys] = [
    [left - by, left + width / 2, left + width + by],
    [top - by, top + height / 2, top + height + by],
  ];
  return xs.flatMap((x) => ys.map((y) => ({ x, y }))).filter((_, i) => i !== 4);
}

function collect(player: Player, places: readonly Point[]): (Anchor & { hits: number })[] {
  const found = new Map<number, Anchor & { hits: number }>();
  for (const at of places) {
    const anchor = anchorAt(player, at);
    if (anchor) found.set(anchor.id, { ...anchor, hits: (found.get(anchor.id)?.hits ?? 0) + 1 });
  }
  return [...found.values()];
}

/** Return what a finished drawing, in points of the window, belongs to. */
export function anchorOf(player: Player, shape: Shape, points: readonly Point[]): Anchor | null {
  const tip = points.at(-1);
  if (!tip) return null;
  if (shape === "arrow") return anchorAt(player, tip);
  const drawn = boundsOf(points);
  const flat = drawn.height < FLAT_PX && drawn.width > FLAT_PX;
  const looked = flat ? { ...drawn, top: drawn.top - FLAT_PX, height: drawn.height + FLAT_PX } : drawn;
  const chosen = choose(drawn, collect(player, gridIn(looked)));
  const stage = player.frame.getBoundingClientRect();
  if (chosen && areaOf(chosen.box) < areaOf(stage) / 2) return chosen;
  // On a mere background: what is nearest holds its place better.
  for (const by of AROUND_PX) {
    const near = collect(player, ringAround(drawn, by)).filter(({ box }) => areaOf(box) < areaOf(stage) / 2);
    if (near.length > 0) return near.reduce((a, b) => (areaOf(b.box) < areaOf(a.box) ? b : a));
  }
  return chosen;
}
