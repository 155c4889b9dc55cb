import { describe, expect, it } from "vitest";
import { type Box, inPixels, pathOf, SHAPES } from "./shapes.ts";

const BOX: Box = { left: 100, top: 50, width: 200, height: 20 };

/** All numbers of a path. */
const numbers = (path: string) => (path.match(/-?[\d.]+/g) ?? []).map(Number);

describe("drawings", () => {
  it("D1 points are parts of the box, also beside it", () => {
    expect(inPixels([0, 0, 1, 1, -0.5, 2], BOX)).toEqual([
      { x: 100, y: 50 },
      { x: 300, y: 70 },
      { x: 0, y: 90 },
    ]);
  });

  it("D1 a drawing goes where its box goes", () => {
    const moved = { ...BOX, left: BOX.left + 40, top: BOX.top - 8 };
    const [here, there] = [pathOf("arrow", [0, 0, 1, 1], BOX), pathOf("arrow", [0, 0, 1, 1], moved)];
    const offsets = numbers(there).map((value, i) => Math.round(value - (numbers(here)[i] as number)));
    expect(new Set(offsets.filter((_, i) => i % 2 === 0))).toEqual(new Set([40]));
    expect(new Set(offsets.filter((_, i) => i % 2 === 1))).toEqual(new Set([-8]));
  });

  it("a half point, none, and a box of no size draw nothing that is not a number", () => {
    expect(inPixels([0.5], BOX)).toEqual([]);
    for (const shape of SHAPES) {
      for (const points of [[], [0.5], [0, 0], [0, 0, 0, 0], [0, 0, 1, 1, 0, 1]]) {
        const path = pathOf(shape, points, { left: 5, top: 5, width: 0, height: 0 });
        expect(path).not.toMatch(/NaN|Infinity/);
        expect(path === "").toBe(shape !== "outline" && points.length < 2);
      }
    }
  });

  it("an arrow ends at its tip with a head no longer than itself", () => {
    const path = pathOf("arrow", [0, 0, 0.02, 0], BOX);
    const [, , tipX, tipY, headX] = numbers(path);
    expect([tipX, tipY]).toEqual([104, 50]);
    expect(104 - (headX as number)).toBeLessThan(4);
  });

  it("an outline stands around its box, at the scale of the picture", () => {
    expect(pathOf("outline", [], BOX)).toMatch(/^M101 45h198/);
    expect(pathOf("outline", [], BOX, 0.5)).toMatch(/^M100.5 47.5h199/);
  });

  it("a rectangle may be drawn from any corner", () => {
    expect(pathOf("rectangle", [1, 1, 0, 0], BOX)).toBe(pathOf("rectangle", [0, 0, 1, 1], BOX));
  });
});
