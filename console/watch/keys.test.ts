import { describe, expect, it } from "vitest";
import { shortcutOf } from "./keys.ts";

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("shortcuts", () => {
  it("A2 know their letters in both cases", () => {
    expect([key("c"), key("C"), key("v"), key("f"), key("?"), key("Escape")]).toEqual([
      "control",
      "control",
      "look",
      "fit",
      "help",
      "escape",
    ]);
  });

  it("A2 take each tool by its letter", () => {
    expect([..."vldarhx"].map((name) => key(name))).toEqual([
      "look",
      "laser",
      "line",
      "arrow",
      "rectangle",
      "outline",
      "clear",
    ]);
  });

  it("A2 leave the browser's own to the browser", () => {
    expect(key("c", { ctrlKey: true })).toBeNull();
    expect(key("f", { metaKey: true })).toBeNull();
    expect(key("q")).toBeNull();
  });

  it("A2 end only by Ctrl+Shift+E", () => {
    expect(key("E", { ctrlKey: true, shiftKey: true })).toBe("end");
    expect(key("e")).toBeNull();
  });
});
