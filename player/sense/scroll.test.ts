import { describe, expect, it } from "vitest";
import { canMove, pixelsOf } from "./scroll.ts";

describe("canMove", () => {
  it.each([
    [{ offset: 0, max: 100, open: true }, 10, true],
    [{ offset: 0, max: 100, open: true }, -10, false],
    [{ offset: 100, max: 100, open: true }, 10, false],
    [{ offset: 99.5, max: 100, open: true }, 10, false],
    [{ offset: 50, max: 100, open: false }, 10, false],
    [{ offset: 50, max: 100, open: true }, 0, false],
  ])("A4 knows whether %j goes on by %d", (range, delta, expected) => {
    expect(canMove(range, delta)).toBe(expected);
  });
});

describe("pixelsOf", () => {
  it("A4 counts lines and pages of a wheel as pixels", () => {
    expect([pixelsOf(3, 0, 600), pixelsOf(3, 1, 600), pixelsOf(1, 2, 600)]).toEqual([3, 120, 600]);
  });
});
