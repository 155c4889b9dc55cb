import { describe, expect, it } from "vitest";
import { decide, Level, type Traits } from "./decision.ts";

const PLAIN: Traits = { masked: false, textField: false, unmasked: false, showsContent: true, holdsUnmasked: false };

describe("mask decisions", () => {
  it("S7 an element that nothing masks is open", () => {
    expect(decide(PLAIN, false)).toBe(Level.Open);
  });

  it("M2 a masked text field keeps its place, anything else masked is a block", () => {
    expect(decide({ ...PLAIN, masked: true, textField: true }, false)).toBe(Level.Field);
    expect(decide({ ...PLAIN, masked: true }, false)).toBe(Level.Box);
  });

  it("S7 maskAll hides what shows something, and keeps the page's shape", () => {
    expect(decide(PLAIN, true)).toBe(Level.Box);
    expect(decide({ ...PLAIN, showsContent: false }, true)).toBe(Level.Shell);
    expect(decide({ ...PLAIN, textField: true }, true)).toBe(Level.Field);
  });

  it("S7 unmaskedElements opens parts of maskAll, and what they are in lets them show", () => {
    expect(decide({ ...PLAIN, unmasked: true }, true)).toBe(Level.Open);
    expect(decide({ ...PLAIN, holdsUnmasked: true }, true)).toBe(Level.Shell);
  });

  it("S7 an explicit mask wins over unmaskedElements", () => {
    expect(decide({ ...PLAIN, masked: true, unmasked: true }, true)).toBe(Level.Box);
  });
});
