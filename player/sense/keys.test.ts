import { describe, expect, it } from "vitest";
import { meaningOf } from "./keys.ts";

const key = (name: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) =>
  meaningOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe("meaningOf", () => {
  it.each(["a", "Z", "é", " ", "€", "😀"])("A4 takes %j as text", (name) => {
    expect(key(name)).toBe("text");
  });

  it.each(["Enter", "Tab", "Backspace", "Delete", "ArrowUp", "Home", "End", "PageDown"])(
    "A4 tells %s as a key",
    (name) => {
      expect(key(name)).toBe("key");
    },
  );

  it.each(["F5", "F12", "Shift", "Control", "Dead", "Process", "CapsLock", "MediaPlayPause"])(
    "A4 leaves %s to the agent",
    (name) => {
      expect(key(name)).toBe("own");
    },
  );

  it("A4 leaves copy, paste, find and reload to the agent's browser, and tells select all and undo", () => {
    for (const name of ["c", "v", "x", "f", "r", "t", "w", "+"]) expect(key(name, { ctrlKey: true })).toBe("own");
    for (const name of ["a", "z", "A"]) expect(key(name, { ctrlKey: true })).toBe("key");
    expect(key("a", { metaKey: true })).toBe("key");
    expect(key("ArrowLeft", { altKey: true })).toBe("own");
    expect(key("ArrowLeft", { ctrlKey: true })).toBe("key");
  });

  it("A4 takes what AltGr writes as text", () => {
    expect(key("@", { ctrlKey: true, altKey: true })).toBe("text");
  });

  it("A4 stops with Escape", () => {
    expect(key("Escape")).toBe("escape");
  });
});
