import { describe, expect, it } from "vitest";
import { delaysOf, lengthSince } from "./delay.ts";

describe("the delay", () => {
  it("A1 is told as what is usual and what is rarely exceeded", () => {
    const lengths = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(delaysOf(lengths)).toEqual({ usual_ms: 51, most_ms: 96 });
    expect(delaysOf([7])).toEqual({ usual_ms: 7, most_ms: 7 });
    expect(delaysOf([])).toBeNull();
  });

  it("W4 holds when the stamp has begun anew", () => {
    expect(lengthSince(2 ** 32 - 20, 2 ** 32 + 30)).toBe(50);
    expect(lengthSince(100, 2 ** 32 + 150)).toBe(50);
    expect(lengthSince(150, 100)).toBe(-50);
  });
});
