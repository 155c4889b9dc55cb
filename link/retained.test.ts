import { describe, expect, it } from "vitest";
import { Retained } from "./retained.ts";

const frame = (size: number) => new Uint8Array(size);

describe("what is held", () => {
  it("L3 is kept until it is acknowledged", () => {
    const retained = new Retained(100);
    for (const text of ["a", "b", "c"]) retained.add(text);
    expect(retained.takeWaiting()).toEqual(["a", "b", "c"]);
    expect(retained.bytes).toBe(3);
    expect(retained.acknowledge(2)).toBe(true);
    expect(retained.bytes).toBe(1);
    retained.rewind();
    expect(retained.takeWaiting()).toEqual(["c"]);
  });

  it("L4 an acknowledgement of what was never sent, or is long forgotten, does not hold", () => {
    const retained = new Retained(100);
    retained.add("a");
    expect(retained.acknowledge(1)).toBe(false);
    retained.takeWaiting();
    expect(retained.acknowledge(1)).toBe(true);
    expect(retained.acknowledge(0)).toBe(false);
    expect(retained.acknowledge(Number.NaN)).toBe(false);
  });

  it("L7 over the limit a frame is refused and the waiting frames go, the control messages stay", () => {
    const retained = new Retained(100);
    retained.addFrame(frame(60));
    retained.takeWaiting();
    retained.add("told");
    retained.addFrame(frame(60));
    retained.add("told too");
    expect(retained.addFrame(frame(1))).toBe(false);
    expect(retained.takeWaiting()).toEqual(["told", "told too"]);
    expect(retained.acknowledge(3)).toBe(true);
    expect(retained.bytes).toBe(0);
  });

  it("L7 frames that have a number stay, also while the wire is down", () => {
    const retained = new Retained(100);
    retained.addFrame(frame(100));
    retained.takeWaiting();
    retained.rewind();
    expect(retained.addFrame(frame(1))).toBe(false);
    expect(retained.takeWaiting()).toHaveLength(1);
  });

  it("L7 one frame larger than the limit passes", () => {
    const retained = new Retained(100);
    expect(retained.addFrame(frame(1000))).toBe(true);
    expect(retained.addFrame(frame(1))).toBe(false);
  });
});
