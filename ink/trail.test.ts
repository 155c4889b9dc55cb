import { describe, expect, it } from "vitest";
import { Trail } from "./trail.ts";

describe("a laser's trail", () => {
  it("ends at the dot, is thinnest at its beginning, and is gone when the dot rests", () => {
    const trail = new Trail();
    for (let step = 0; step <= 10; step++) trail.add({ x: step * 10, y: 20 }, step * 16);
    const places = (trail.path(160, 10).match(/[\d.-]+ [\d.-]+/g) ?? []).map((place) => place.split(" ").map(Number));
    const widthAt = (x: number) => {
      const ys = places.filter((place) => Math.abs((place[0] as number) - x) < 1).map((place) => place[1] as number);
      return Math.max(...ys) - Math.min(...ys);
    };
    expect(widthAt(100)).toBeCloseTo(10, 0);
    expect(widthAt(0)).toBeLessThan(widthAt(50));
    expect(trail.path(700, 10)).toBe("");
  });

  it("has no outline of a single place", () => {
    const trail = new Trail();
    trail.add({ x: 1, y: 1 }, 0);
    expect(trail.path(0, 10)).toBe("");
  });

  it("keeps a bounded number of places", () => {
    const trail = new Trail();
    for (let step = 0; step < 1000; step++) trail.add({ x: step, y: 0 }, 0);
    expect(trail.path(0, 10).split("L").length).toBeLessThanOrEqual(128);
  });
});
