import { describe, expect, it } from "vitest";
import { inkOn } from "./color.ts";

describe("ink on an agent's colour", () => {
  it.each([
    ["#000000", "#fff"],
    ["#ffffff", "#000"],
    ["#ff0", "#000"],
    ["#b3261e", "#fff"],
    ["#0b7a75", "#fff"],
    ["#35c2b8", "#000"],
    ["teal", "#fff"],
  ])("S8 is readable on %s", (color, ink) => {
    expect(inkOn(color)).toBe(ink);
  });
});
