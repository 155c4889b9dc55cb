import { expect, it } from "vitest";
import { FINE, qualityAfter, ROUGH, restAfter } from "./rate.ts";

it("F14 a cheap look is followed by the next within a tenth of a second", () => {
  expect(restAfter(0.5, 500)).toBe(100);
});

it("F14 what looking costs, in time or bytes, is paid by waiting, but never without end", () => {
  expect(restAfter(10, 0)).toBe(200);
  expect(restAfter(1, 128_000)).toBe(1000);
  expect(restAfter(1000, 0)).toBe(2000);
});

it("F14 what moves is told roughly, what rests finely", () => {
  expect([1, 2, 3, 4, 50].map(qualityAfter)).toEqual([FINE, FINE, FINE, ROUGH, ROUGH]);
});
