import { describe, expect, it } from "vitest";
import { fractionsIn, toPage } from "./place.ts";

describe("toPage", () => {
  it("A4 undoes the place and the scale of the stage", () => {
    expect(toPage({ x: 150, y: 80 }, { left: 100, top: 50, width: 400, height: 300 }, 800)).toEqual({ x: 100, y: 60 });
  });

  it("A4 does nothing wrong with a stage that is not shown", () => {
    expect(toPage({ x: 3, y: 4 }, { left: 0, top: 0, width: 0, height: 0 }, 0)).toEqual({ x: 3, y: 4 });
  });
});

describe("fractionsIn", () => {
  const box = { left: 10, top: 20, width: 100, height: 50 };

  it.each([
    [
      { x: 10, y: 20 },
      { fx: 0, fy: 0 },
    ],
    [
      { x: 60, y: 30 },
      { fx: 0.5, fy: 0.2 },
    ],
    [
      { x: 500, y: -5 },
      { fx: 1, fy: 0 },
    ],
  ])("A4 tells %j as parts of the box", (at, expected) => {
    expect(fractionsIn(box, at)).toEqual(expected);
  });

  it("A4 points to the middle of a box without size", () => {
    expect(fractionsIn({ ...box, width: 0, height: 0 }, { x: 1, y: 1 })).toEqual({ fx: 0.5, fy: 0.5 });
  });
});
