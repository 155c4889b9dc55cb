import { describe, expect, it } from "vitest";
import { nextBeginning, nextOpen } from "./choices.ts";

describe("nextOpen", () => {
  it("A4 goes past what cannot be chosen and stays at the ends", () => {
    const isOpen = [false, true, false, true];
    expect(nextOpen(isOpen, 1, 1)).toBe(3);
    expect(nextOpen(isOpen, 3, 1)).toBe(3);
    expect(nextOpen(isOpen, -1, 1)).toBe(1);
    expect(nextOpen(isOpen, 4, -1)).toBe(3);
  });
});

describe("nextBeginning", () => {
  it("A4 finds the next option that begins as typed, going round", () => {
    const texts = ["Ant", "Bee", " asp", "Cat"];
    expect(nextBeginning(texts, "a", 1)).toBe(2);
    expect(nextBeginning(texts, "a", 3)).toBe(0);
    expect(nextBeginning(texts, "x", 0)).toBe(-1);
  });
});
