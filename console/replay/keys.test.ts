import { describe, expect, it } from "vitest";
import { shortcutOf } from "./keys.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const on =
  (...controls: string[]) =>
  (selector: string) =>
    controls.some((one) => selector.includes(one));

describe("R20 the keys of the replay page", () => {
  it.each([
    [" ", "toggle"],
    ["k", "toggle"],
    ["K", "toggle"],
    ["ArrowLeft", "back"],
    ["ArrowRight", "forth"],
    ["Home", "begin"],
    ["End", "end"],
    ["<", "slower"],
    [">", "faster"],
    ["f", "full"],
    ["?", "help"],
    ["x", null],
  ])("%j is %s", (key, shortcut) => {
    expect(shortcutOf(press(key), on())).toBe(shortcut);
  });

  it("are not taken from the browser", () => {
    expect(shortcutOf(press("f", { ctrlKey: true }), on())).toBeNull();
    expect(shortcutOf(press("ArrowLeft", { altKey: true }), on())).toBeNull();
  });

  it("leave a control what it does itself", () => {
    expect(shortcutOf(press(" "), on("button"))).toBeNull();
    expect(shortcutOf(press("ArrowLeft"), on("button"))).toBe("back");
    expect(shortcutOf(press("ArrowLeft"), on("select"))).toBeNull();
    expect(shortcutOf(press("f"), on("dialog"))).toBeNull();
    expect(shortcutOf(press("ArrowRight"), on(".view"))).toBeNull();
    expect(shortcutOf(press("k"), on(".view"))).toBe("toggle");
  });
});
