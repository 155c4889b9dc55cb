import { describe, expect, it } from "vitest";
import { type Circumstances, judge } from "./gate.ts";

const OPEN: Circumstances = {
  kind: "click",
  hasControl: true,
  rights: { click: true, scroll: true, type: true },
  visitorActive: false,
  barred: null,
};
const NONE = { click: false, scroll: false, type: false };

describe("the page's gate", () => {
  it.each(["click", "press_key", "type_text", "select_options", "set_value", "scroll_to", "focus"] as const)(
    "X4 lets %s pass only with control, by right, and when the visitor is still",
    (kind) => {
      const wish = { ...OPEN, kind };
      expect(judge(wish)).toBeNull();
      expect(judge({ ...wish, hasControl: false })).toBe("no_control");
      expect(judge({ ...wish, rights: NONE })).toBe("not_allowed");
      expect(judge({ ...wish, visitorActive: true })).toBe("visitor_active");
      for (const barred of ["masked", "no_remote", "unknown_node"] as const) {
        expect(judge({ ...wish, barred, visitorActive: true })).toBe(barred);
      }
    },
  );

  it.each([
    ["click", "click"],
    ["select_options", "click"],
    ["focus", "click"],
    ["scroll_to", "scroll"],
    ["press_key", "type"],
    ["type_text", "type"],
    ["set_value", "type"],
  ] as const)("X4 asks for %s the right to %s", (kind, right) => {
    expect(judge({ ...OPEN, kind, rights: { ...NONE, [right]: true } })).toBeNull();
    expect(judge({ ...OPEN, kind, rights: { click: true, scroll: true, type: true, [right]: false } })).toBe(
      "not_allowed",
    );
  });

  it("X4 always lets agents point, because pointing touches nothing", () => {
    const point = { ...OPEN, kind: "point", hasControl: false, rights: NONE, visitorActive: true } as const;
    expect(judge(point)).toBeNull();
    expect(judge({ ...point, barred: "masked" })).toBeNull();
    expect(judge({ ...point, barred: "unknown_node" })).toBe("unknown_node");
  });
});
