import { describe, expect, it } from "vitest";
import { spliceBetween, staysInOrder } from "./order.ts";

function moved(places: number[]): number {
  const stays = staysInOrder(Int32Array.from(places));
  return places.filter((place, i) => place >= 0 && !stays[i]).length;
}

describe("order", () => {
  it("F9 moves nothing when the order is kept", () => {
    expect(moved([0, 1, 2, 3])).toBe(0);
    expect(moved([0, -1, 2, -1, 7])).toBe(0);
  });

  it("F9 moves one node when one was moved, wherever to", () => {
    expect(moved([3, 0, 1, 2])).toBe(1);
    expect(moved([1, 2, 3, 0])).toBe(1);
    expect(moved([0, 2, 3, 1, 4])).toBe(1);
  });

  it("F9 moves all but one when a list is reversed", () => {
    expect(moved(Array.from({ length: 1000 }, (_, i) => 999 - i))).toBe(999);
  });

  it("F8 what stays is ascending, for any order", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed;
    };
    for (let round = 0; round < 200; round++) {
      const places = Array.from({ length: 1 + (random() % 30) }, (_, i) => [i, random()] as const)
        .sort((a, b) => a[1] - b[1])
        .map(([i]) => (random() % 5 === 0 ? -1 : i));
      const stays = staysInOrder(Int32Array.from(places));
      const kept = places.filter((_, i) => stays[i]);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
      expect(kept.every((place) => place >= 0)).toBe(true);
    }
  });
});

describe("splices", () => {
  function applied(old: string, now: string): string {
    const splice = spliceBetween(old, now);
    if (!splice) return now;
    return old.slice(0, splice.start) + splice.inserted + old.slice(splice.start + splice.deleted);
  }

  it("F8 a splice makes the new text of the old one", () => {
    const texts = [
      "",
      "a",
      "aaaa",
      "a long line of text",
      "a long line of other text",
      "ends alike of text",
      "😀😀",
      "x😁😀y",
    ];
    for (const old of texts) for (const now of texts) expect(applied(old, now)).toBe(now);
  });

  it("F1 a splice never tears a surrogate pair", () => {
    const splice = spliceBetween("some text before 😀 and after", "some text before 😁 and after");
    expect(splice?.inserted).toBe("😁");
    expect(splice?.deleted).toBe(2);
  });

  it("F5 a short text is told whole", () => {
    expect(spliceBetween("12", "13")).toBeNull();
  });
});
