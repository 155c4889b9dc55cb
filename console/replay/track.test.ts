import { describe, expect, it } from "vitest";
import { Flag, Kind } from "#protocol/envelope";
import type { Recorded } from "./records.ts";
import { addFrames, advance, closeTrack, createTrack, loadedMs, planSeek } from "./track.ts";

const { SnapshotStart: START, SnapshotEnd: END } = Flag;

/** Frames as `[at_ms, epoch, flags]`. */
function trackOf(...told: (readonly [at_ms: number, epoch: number, flags?: number])[]) {
  const track = createTrack();
  const frames = told.map(
    ([at_ms, epoch, flags = 0]): Recorded => ({
      at_ms,
      bytes: new Uint8Array(12),
      header: { kind: Kind.Facts, flags, epoch, seq: 0, tMs: 0 },
    }),
  );
  addFrames(track, frames);
  return track;
}

/** Two epochs; the snapshot of the first comes in two frames. */
const TWO = trackOf(
  [200, 1, START],
  [300, 1, END],
  [1000, 1],
  [2000, 1],
  [3000, 2, START | END],
  [4000, 2],
  [4000, 2],
  [5000, 2],
);

describe("R20 to show the page as it was at a time", () => {
  it.each([
    ["is fed from the snapshot on", 0, 1500, [0, 3]],
    ["goes on within the epoch", 3, 2500, [3, 4]],
    ["takes all of the same instant", 5, 4000, [5, 7]],
    ["has nothing to do where nothing happened", 3, 1999, [3, 3]],
    ["goes back to the snapshot before that time", 8, 4500, [4, 7]],
    ["goes back into an earlier epoch", 8, 2999, [0, 4]],
    ["leaves out what another epoch replaces", 1, 3500, [4, 5]],
    ["goes to the next epoch at its very instant", 4, 3000, [4, 5]],
    ["goes to the end", 0, 99_000, [4, 8]],
    ["shows the first picture whole before it was there", 0, 0, [0, 2]],
    ["goes back to the first picture", 8, 0, [0, 2]],
    ["stays at the first picture", 2, 0, [2, 2]],
  ] as const)("%s", (_, next, at_ms, [from, until]) => {
    expect(planSeek(TWO, next, at_ms)).toEqual({ from, until });
  });

  it("shows what has come of the first snapshot", () => {
    const track = trackOf([200, 1, START], [300, 1]);
    expect(planSeek(track, 0, 0)).toEqual({ from: 0, until: 2 });
  });

  it("has nothing to show before a snapshot has come", () => {
    expect(planSeek(createTrack(), 0, 0)).toBeNull();
    expect(planSeek(trackOf([100, 1]), 0, 5000)).toBeNull();
  });

  it("leaves out frames before the first snapshot", () => {
    expect(planSeek(trackOf([100, 1], [200, 1, START | END]), 0, 150)).toEqual({ from: 1, until: 2 });
  });

  it("finds the same as a walk through all frames, from anywhere to anywhere", () => {
    const starts = TWO.frames.flatMap(({ header }, at) => (header.flags & START ? [at] : []));
    for (let at_ms = 300; at_ms < 5500; at_ms += 50) {
      const due = TWO.frames.filter((frame) => frame.at_ms <= at_ms).length;
      const start = starts.filter((one) => one < due).at(-1) as number;
      for (let next = 0; next <= TWO.frames.length; next++) {
        const from = next > start && next <= due ? next : start;
        expect(planSeek(TWO, next, at_ms)).toEqual({ from, until: due });
      }
    }
  });
});

describe("R20 quiet stretches", () => {
  const track = trackOf([0, 1, START | END], [3000, 1], [10_000, 1], [10_500, 1]);
  closeTrack(track, 60_000);

  it("are the middles of pauses of more than 3 s, the last one too", () => {
    expect(loadedMs(track)).toBe(10_500);
    expect(track.quiet).toEqual([
      { from_ms: 5000, until_ms: 9000 },
      { from_ms: 12_500, until_ms: 59_000 },
    ]);
  });

  it.each([
    [0, 1000, 1000],
    [4000, 1000, 5000],
    [4000, 1001, 9001],
    // Whoever goes into the midst of one is brought out of it.
    [7000, 16, 9016],
    [9000, 16, 9016],
    [4900, 4000, 59_400],
    [59_000, 500, 59_500],
  ])("from %i ms on, %i ms later it is %i ms", (from_ms, span_ms, then_ms) => {
    expect(advance(from_ms, span_ms, track.quiet)).toBe(then_ms);
    expect(advance(from_ms, span_ms, [])).toBe(from_ms + span_ms);
  });

  it("take 3 s altogether, however they are cut into ticks", () => {
    for (const tick_ms of [1, 16, 250, 2000]) {
      let [at_ms, spent_ms] = [3000, 0];
      while (at_ms < 10_000) {
        at_ms = advance(at_ms, tick_ms, track.quiet);
        spent_ms += tick_ms;
      }
      expect(spent_ms - (at_ms - 10_000)).toBe(3000);
    }
  });
});
