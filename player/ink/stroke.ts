/** A line as the hand drew it, with no more points than it needs. Pure. */
import type { Box, Point } from "#ink/shapes";

/** A message holds so many points (protocol: Draw.points, x and y counted singly). */
const POINTS_SENT = 400;
const TOLERANCE_PX = 0.75;
/** Parts of a box as the wire allows them. */
const PART_MAX = 1000;

/** Return points as parts of a box: x, y, x, y and so on. */
export function inParts(points: readonly Point[], { left, top, width, height }: Box): number[] {
  const part = (offset: number, size: number) => {
    const parts = offset / Math.max(size, 1);
    return Math.round(Math.min(Math.max(parts, -PART_MAX), PART_MAX) * 1e5) / 1e5;
  };
  return points.flatMap(({ x, y }) => [part(x - left, width), part(y - top, height)]);
}

function distance(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(at.x - from.x, at.y - from.y);
  return Math.abs(dx * (from.y - at.y) - dy * (from.x - at.x)) / length;
}

/** Leave out what lies within the tolerance of the straight way between its neighbours (Ramer-Douglas-Peucker). */
function thin(points: readonly Point[], tolerance_px: number): Point[] {
  const keep = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [far, most] = [-1, tolerance_px];
    for (let i = from + 1; i < to; i++) {
      const off = distance(points[i] as Point, points[from] as Point, points[to] as Point);
      if (off > most) [far, most] = [i, off];
    }
    if (far < 0) continue;
    keep.add(far);
    spans.push([from, far], [far, to]);
  }
  return points.filter((_, i) => keep.has(i));
}

/** Return the line with as few points as show it the same, and never more than a message holds. */
export function simplified(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points];
  let tolerance_px = TOLERANCE_PX;
  let thinned = thin(points, tolerance_px);
  while (thinned.length > POINTS_SENT) {
    tolerance_px *= 1.5;
    thinned = thin(points, tolerance_px);
  }
  return thinned;
}
