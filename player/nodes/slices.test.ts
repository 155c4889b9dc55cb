import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Slices } from "./slices.ts";

describe("slices", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.advanceTimersByTime(1000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Build pieces of 1 ms until the slice is over; returns how many. */
  function build(slices: Slices): number {
    let pieces = 0;
    for (; !slices.isOver; pieces++) vi.advanceTimersByTime(1);
    return pieces;
  }

  it("F10 are as long as their layout allows", async () => {
    let layout_ms = 20;
    const slices = new Slices(() => void vi.advanceTimersByTime(layout_ms));
    slices.begin();
    for (let n = 0; n < 20; n++) {
      build(slices);
      await slices.pause();
    }
    const together = () => build(slices) + layout_ms;
    expect(together()).toBeGreaterThan(30);
    expect(together()).toBeLessThan(45);
    await slices.pause();
    layout_ms = 35;
    const before = build(slices);
    for (let n = 0; n < 20; n++) {
      await slices.pause();
      build(slices);
    }
    await slices.pause();
    expect(build(slices)).toBeLessThan(before);
  });

  it("F10 go on through batches that follow at once, and begin anew after a rest", () => {
    const slices = new Slices(() => undefined);
    slices.begin();
    const pieces = build(slices);
    slices.end();
    slices.begin();
    expect(slices.isOver).toBe(true);
    slices.end();
    vi.advanceTimersByTime(5);
    slices.begin();
    expect(build(slices)).toBe(pieces);
  });

  it("F10 lay the last part of a large batch out themselves, and leave small ones to the browser", async () => {
    let layouts = 0;
    const slices = new Slices(() => void layouts++);
    slices.begin();
    slices.end();
    expect(layouts).toBe(0);
    await slices.pause();
    slices.end();
    expect(layouts).toBe(2);
  });
});
