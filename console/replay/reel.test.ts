import { describe, expect, it } from "vitest";
import { encodeFrame, Flag, Kind } from "#protocol/envelope";
import { Reel } from "./reel.ts";
import { addFrames, createTrack } from "./track.ts";

/** Epoch 1 from 0 ms, epoch 2 from 1000 ms, a frame each 10 ms. */
function twoEpochs(count: number) {
  const track = createTrack();
  for (let at = 0; at < count * 2; at++) {
    const header = {
      kind: Kind.Facts,
      flags: at % count === 0 ? Flag.SnapshotStart | Flag.SnapshotEnd : 0,
      epoch: at < count ? 1 : 2,
      seq: at % count,
      tMs: 0,
    };
    addFrames(track, [{ at_ms: at * 10, header, bytes: encodeFrame(header, new Uint8Array()) }]);
  }
  return track;
}

/** A player that keeps what it was told, and takes frames when it is let. */
function listening() {
  const told: string[] = [];
  let done: (() => void)[] = [];
  const view = (frame: Uint8Array) => new DataView(frame.buffer);
  return {
    told,
    finish: async () => {
      for (; done.length > 0; await new Promise((resolve) => setTimeout(resolve))) {
        const waiting = done;
        done = [];
        for (const one of waiting) one();
      }
    },
    player: {
      reset: (epoch: number) => void told.push(`reset ${epoch}`),
      feed: (frame: Uint8Array) => {
        told.push(`${view(frame).getUint16(2)}.${view(frame).getUint32(4)}`);
        return new Promise<void>((resolve) => done.push(resolve));
      },
    },
  };
}

function reelOf(count: number) {
  const { told, finish, player } = listening();
  const shown: number[] = [];
  const reel = new Reel({
    track: twoEpochs(count),
    player,
    onLate: () => undefined,
    onReset: () => undefined,
    onShown: () => void shown.push(told.length),
  });
  return { reel, told, finish, shown };
}

describe("R20 the reel", () => {
  it("feeds what is due, and nothing twice", async () => {
    const { reel, told, finish } = reelOf(100);
    for (const at_ms of [0, 5, 10, 29, 29]) {
      reel.show(at_ms);
      await finish();
    }
    expect(told).toEqual(["reset 1", "1.0", "1.1", "1.2"]);
  });

  it("begins the epoch anew to go back, and tells when it is there", async () => {
    const { reel, told, finish, shown } = reelOf(100);
    reel.show(1000);
    await finish();
    told.length = shown.length = 0;
    reel.show(20);
    expect(reel.jumps).toBe(true);
    await finish();
    expect(told).toEqual(["reset 1", "1.0", "1.1", "1.2"]);
    expect([reel.jumps, shown]).toEqual([false, [4]]);
  });

  it("forgets where it was going when it is sent elsewhere", async () => {
    const { reel, told, finish } = reelOf(1000);
    reel.show(9_990);
    expect(told).toHaveLength(65);
    reel.show(10_000);
    await finish();
    expect(told.slice(65)).toEqual(["reset 2", "2.0"]);
  });

  it("has no more than some frames decompressed at once", async () => {
    const { reel, told, finish } = reelOf(1000);
    reel.show(9_990);
    const before = told.length;
    await finish();
    expect([before, told.length]).toEqual([65, 1001]);
  });
});
