import { describe, expect, it } from "vitest";
import { Pace } from "./pace.ts";

describe("pace", () => {
  it("F7 lets batches leave at once while capture is within its budget", () => {
    const pace = new Pace();
    pace.spent(10, 1000);
    pace.batchLeft(1000);
    expect(pace.cost(1000)).toBeCloseTo(0.01);
    expect(pace.wait_ms(1001)).toBe(0);
  });

  it("F7 makes batches longer over the budget, and no longer than half a second", () => {
    const pace = new Pace();
    for (let now_ms = 0; now_ms <= 3000; now_ms += 100) pace.spent(20, now_ms);
    pace.batchLeft(3000);
    expect(pace.cost(3000)).toBeGreaterThan(0.15);
    expect(pace.wait_ms(3000)).toBeGreaterThan(100);
    for (let now_ms = 3100; now_ms <= 6000; now_ms += 100) pace.spent(100, now_ms);
    pace.batchLeft(6000);
    expect(pace.wait_ms(6000)).toBe(500);
  });

  it("F7 lets short batches leave with every frame, whatever they take together", () => {
    const pace = new Pace();
    for (let now_ms = 0; now_ms <= 3000; now_ms += 16) pace.spent(3, now_ms);
    pace.batchLeft(3000);
    expect(pace.cost(3000)).toBeGreaterThan(0.15);
    expect(pace.wait_ms(3000)).toBe(0);
  });

  it("F7 forgets what was spent seconds ago", () => {
    const pace = new Pace();
    pace.spent(500, 1000);
    expect(pace.cost(6000)).toBeLessThan(0.01);
    expect(pace.wait_ms(6000)).toBe(0);
  });
});
