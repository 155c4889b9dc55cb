import { describe, expect, it } from "vitest";
import { type Circumstances, judge } from "./gate.ts";

const OPEN: Circumstances = {
  wish: { kind: "click" },
  hasControl: true,
  controlIsFree: false,
  may: () => true,
  visitorActive: false,
  barred: null,
};
const nothing = () => false;

describe("the page's gate", () => {
  const TOUCHING = ["click", "press_key", "type_text", "select_options", "set_value", "scroll_to", "focus"] as const;
  it.each([...TOUCHING, "travel", "open_url"] as const)(
    "X4 lets %s pass only with control, by right, and when the visitor is still",
    (kind) => {
      const wish = { ...OPEN, wish: { kind } };
      expect(judge(wish)).toBeNull();
      expect(judge({ ...wish, hasControl: false })).toBe("no_control");
      expect(judge({ ...wish, may: nothing })).toBe("not_allowed");
      expect(judge({ ...wish, visitorActive: true })).toBe("visitor_active");
      for (const barred of ["masked", "no_remote", "unknown_node"] as const) {
        expect(judge({ ...wish, barred, visitorActive: true })).toBe(barred);
      }
    },
  );

  it.each([
    ["click", "allow_click"],
    ["select_options", "allow_click"],
    ["focus", "allow_click"],
    ["scroll_to", "allow_scroll"],
    ["press_key", "allow_type"],
    ["type_text", "allow_type"],
    ["set_value", "allow_type"],
    ["draw", "allow_draw"],
    ["clear_drawings", "allow_draw"],
    ["travel", "allow_agent_redirect"],
    ["open_url", "allow_agent_redirect"],
    ["read_console", "allow_console"],
  ] as const)("X4 asks for %s the right %s", (kind, right) => {
    const wish = { kind };
    expect(judge({ ...OPEN, wish, may: (asked) => asked === right })).toBeNull();
    expect(judge({ ...OPEN, wish, may: (asked) => asked !== right })).toBe("not_allowed");
  });

  it("X4 always lets agents point, because pointing touches nothing", () => {
    const point = { ...OPEN, wish: { kind: "point" }, hasControl: false, may: nothing, visitorActive: true } as const;
    expect(judge(point)).toBeNull();
    expect(judge({ ...point, barred: "masked" })).toBeNull();
    expect(judge({ ...point, barred: "unknown_node" })).toBe("unknown_node");
  });

  it("D2 lets agents draw by right, without control, and over what may not be touched", () => {
    const draw = { ...OPEN, wish: { kind: "draw" }, hasControl: false, visitorActive: true } as const;
    expect(judge(draw)).toBeNull();
    expect(judge({ ...draw, barred: "masked" })).toBeNull();
    expect(judge({ ...draw, barred: "unknown_node" })).toBe("unknown_node");
    const laser = { ...draw, wish: { kind: "point", laser: true } } as const;
    expect(judge(laser)).toBeNull();
    expect(judge({ ...laser, may: nothing })).toBe("not_allowed");
  });

  it("C1 lets agents ask for the console by right, without control, whatever the visitor does", () => {
    const read = { ...OPEN, wish: { kind: "read_console" }, hasControl: false, visitorActive: true } as const;
    expect(judge(read)).toBeNull();
    expect(judge({ ...read, may: nothing })).toBe("not_allowed");
  });

  it("X11 lets agents travel while control is free, and only who has it otherwise", () => {
    const travel = { ...OPEN, wish: { kind: "travel" }, hasControl: false } as const;
    expect(judge(travel)).toBe("no_control");
    expect(judge({ ...travel, controlIsFree: true })).toBeNull();
    expect(judge({ ...OPEN, controlIsFree: true, hasControl: false })).toBe("no_control");
  });
});
