import { describe, expect, it } from "vitest";
import { clock, delayOf } from "./clock.ts";
import { initialsOf, inkOn } from "./color.ts";
import { shortcutOf } from "./keys.ts";

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("clock", () => {
  it("shows minutes and seconds, and hours when there are some", () => {
    expect([0, 9_999, 61_000, 3_661_000, -5].map(clock)).toEqual(["0:00", "0:09", "1:01", "1:01:01", "0:00"]);
  });

  it("A1 puts the delay into words", () => {
    expect(delayOf(true, 20).words).toBe("Good");
    expect(delayOf(true, 200).words).toBe("Fair");
    expect(delayOf(true, 900).words).toBe("Slow");
    expect(delayOf(true, null).words).toBe("Connected");
    expect(delayOf(false, 20).words).toBe("Offline");
  });
});

describe("an agent's mark", () => {
  it("has one or two letters, whatever the script", () => {
    expect(["Zoë", "grace mary osei", "  ", "李 小龙", "😀 x"].map(initialsOf)).toEqual([
      "Z",
      "GO",
      "?",
      "李小",
      "😀X",
    ]);
  });

  it("A2 has the ink with the better contrast", () => {
    expect(["#000000", "#fff", "#0a7d5a", "#ffd84a", "nonsense"].map(inkOn)).toEqual([
      "#fff",
      "#000",
      "#fff",
      "#000",
      "#000",
    ]);
  });
});

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
