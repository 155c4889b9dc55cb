import { beforeEach, describe, expect, it } from "vitest";
import { ServerClock } from "./server_clock.ts";

/** The server's clock is ahead by this. */
const AHEAD_MS = 5000;
let clock: ServerClock;

beforeEach(() => {
  clock = new ServerClock();
});

/** A round trip that begins at `t`. */
function trip(t: number, there_ms: number, back_ms: number, ahead_ms = AHEAD_MS): void {
  clock.hear({ t, now_ms: t + there_ms + ahead_ms }, t + there_ms + back_ms);
}

describe("the server's clock", () => {
  it("L8 is not known before a pong", () => {
    expect([clock.at(10), clock.roundTrip_ms]).toEqual([null, null]);
  });

  it("L8 is off by half a round trip at most, whichever way was slow", () => {
    trip(0, 90, 10);
    expect(Math.abs((clock.at(1000) ?? 0) - (1000 + AHEAD_MS))).toBeLessThanOrEqual(50);
    trip(5000, 10, 10);
    expect(clock.at(6000)).toBe(6000 + AHEAD_MS);
    trip(10_000, 200, 10);
    expect(clock.at(11_000)).toBe(11_000 + AHEAD_MS);
  });

  it("L8 follows a clock that was set anew", () => {
    trip(0, 10, 10);
    trip(5000, 30, 30, 90_000);
    expect(clock.at(6000)).toBe(96_000);
  });

  it("L6 measures the round trip, smoothed", () => {
    trip(0, 20, 20);
    trip(5000, 70, 70);
    expect(clock.roundTrip_ms).toBeCloseTo(70);
  });
});
