import { describe, expect, it } from "vitest";
import { digitsIn, moveFrom, typedAt } from "./code.ts";

describe("a lookup code that is typed (S6)", () => {
  it("is pasted whole, spaces left out", () => {
    expect(digitsIn(" 47 11 ")).toEqual(["4", "7", "1", "1"]);
    expect(digitsIn("471")).toBeNull();
    expect(digitsIn("call 4711")).toBeNull();
  });

  it("goes on to the next field by itself", () => {
    expect(typedAt(["", "", "", ""], 0, "4")).toEqual({ digits: ["4", "", "", ""], focus: 1 });
    expect(typedAt(["4", "7", "1", ""], 3, "1")).toEqual({ digits: ["4", "7", "1", "1"], focus: 3 });
    expect(typedAt(["", "", "", ""], 0, "x")).toEqual({ digits: ["", "", "", ""], focus: 0 });
    expect(typedAt(["", "", "", ""], 1, "711")).toEqual({ digits: ["", "7", "1", "1"], focus: 3 });
  });

  it("goes back by Backspace in an empty field, and by arrows in the direction of writing", () => {
    expect(moveFrom(2, "Backspace", true, false)).toBe(1);
    expect(moveFrom(2, "Backspace", false, false)).toBeNull();
    expect(moveFrom(1, "ArrowRight", false, false)).toBe(2);
    expect(moveFrom(1, "ArrowRight", false, true)).toBe(0);
    expect(moveFrom(0, "ArrowLeft", false, false)).toBe(0);
  });
});
