/** The lines of a drawing, from parts of a box to pixels. Pure; both sides draw by it, so that both see the same (SPEC D1). */
import type { Draw } from "#protocol/messages";

export type Shape = Draw["shape"];

/** In the order of their numbers in facts. */
export const SHAPES: readonly Shape[] = ["line", "arrow", "rectangle", "outline"];

/** An agent has at most so many drawings (SPEC D4); of so many points, x and y counted singly. */
export const MARKS_MAX = 100;
export const POINTS_MAX = 8000;

/** Width of a line in CSS pixels of the page. */
export const INK_PX = 4;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const OUTLINE_GAP_PX = 5;
const CORNER_PX = 6;
const HEAD_PX = 20;
const HEAD_ANGLE = Math.PI / 7;

const near = (value: number) => Math.round(value * 10) / 10;
const at = ({ x, y }: Point) => `${near(x)} ${near(y)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Return points in pixels; a half one at the end is left out. A box without width or height counts as one pixel. */
export function inPixels(points: readonly number[], { left, top, width, height }: Box): Point[] {
  const placed: Point[] = [];
  for (let i = 1; i < points.length; i += 2) {
    const [fx, fy] = [points[i - 1] as number, points[i] as number];
    placed.push({ x: left + fx * Math.max(width, 1), y: top + fy * Math.max(height, 1) });
  }
  return placed;
}

/** Return the path (SVG 2 §9.3) of a drawing; "" when there is nothing to draw. `scale` is pixels for a CSS pixel of the page. */
export function pathOf(shape: Shape, points: readonly number[], box: Box, scale = 1): string {
  if (shape === "outline") return rounded(grown(box, OUTLINE_GAP_PX * scale), CORNER_PX * scale);
  const placed = inPixels(points, box);
  const [first, last] = [placed[0], placed.at(-1)];
  if (!first || !last) return "";
  if (shape === "line") return smooth(placed);
  if (shape === "arrow") return arrow(first, last, HEAD_PX * scale);
  const [x, y] = [Math.min(first.x, last.x), Math.min(first.y, last.y)];
  return rounded({ left: x, top: y, width: Math.abs(last.x - first.x), height: Math.abs(last.y - first.y) }, 2 * scale);
}

/** Through the middles between points, each point bending the line towards itself. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  const last = rest.at(-1);
  // A line of no length has a round end all the same.
  if (!last) return `M${at(first)}h.01`;
  const bends = rest.slice(0, -1).map((point, i) => `Q${at(point)} ${at(between(point, rest[i + 1] as Point))}`);
  return `M${at(first)}${rest.length > 1 ? `L${at(between(first, rest[0] as Point))}` : ""}${bends.join("")}L${at(last)}`;
}

function arrow(tail: Point, tip: Point, head_px: number): string {
  const length = Math.min(head_px, Math.hypot(tip.x - tail.x, tip.y - tail.y) * 0.6);
  const angle = Math.atan2(tip.y - tail.y, tip.x - tail.x);
  const side = (turn: number): Point => ({
    x: tip.x - length * Math.cos(angle + turn),
    y: tip.y - length * Math.sin(angle + turn),
  });
  return `M${at(tail)}L${at(tip)}M${at(side(HEAD_ANGLE))}L${at(tip)}L${at(side(-HEAD_ANGLE))}`;
}

function grown({ left, top, width, height }: Box, by: number): Box {
  return { left: left - by, top: top - by, width: width + 2 * by, height: height + 2 * by };
}

function rounded({ left, top, width, height }: Box, radius: number): string {
  const r = near(Math.min(radius, width / 2, height / 2));
  const [across, down] = [near(width - 2 * r), near(height - 2 * r)];
  const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x} ${y}`;
  return `M${at({ x: left + r, y: top })}h${across}${corner(r, r)}v${down}${corner(-r, r)}h${-across}${corner(-r, -r)}v${-down}${corner(r, -r)}z`;
}
