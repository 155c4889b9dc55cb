/** The trail of a laser: a ribbon that ends at the dot and thins out to where the dot was a moment ago. Pure. */
import type { Point } from "./shapes.ts";

const LASTS_MS = 450;
const POINTS_KEPT = 64;

export class Trail {
  #passed: { x: number; y: number; ms: number }[] = [];

  add({ x, y }: Point, ms: number): void {
    this.#passed.push({ x, y, ms });
    if (this.#passed.length > POINTS_KEPT) this.#passed.shift();
  }

  /** Return the ribbon's outline as an SVG path, as wide as `width_px` at the dot; "" when nothing is left of it. */
  path(ms: number, width_px: number): string {
    this.#passed = this.#passed.filter((point) => ms - point.ms < LASTS_MS);
    const points = this.#passed;
    if (points.length < 2) return "";
    const sides = points.map((point, i) => {
      const [before, after] = [points[i - 1] ?? point, points[i + 1] ?? point];
      const angle = Math.atan2(after.y - before.y, after.x - before.x) + Math.PI / 2;
      const half = (width_px / 2) * (1 - (ms - point.ms) / LASTS_MS) * ((i + 1) / points.length);
      const [dx, dy] = [half * Math.cos(angle), half * Math.sin(angle)];
      return [place(point.x + dx, point.y + dy), place(point.x - dx, point.y - dy)] as const;
    });
    return `M${[...sides.map(([left]) => left), ...sides.map(([, right]) => right).reverse()].join("L")}Z`;
  }
}

function place(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
