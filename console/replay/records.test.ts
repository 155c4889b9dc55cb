import { describe, expect, it } from "vitest";
import { BadEnvelope, encodeFrame, Flag, Kind } from "#protocol/envelope";
import { BadRecord, type Recorded, RecordReader } from "./records.ts";

const frameOf = (seq: number, text: string) =>
  encodeFrame(
    { kind: Kind.Facts, flags: seq === 0 ? Flag.SnapshotStart : 0, epoch: 3, seq, tMs: 0 },
    new TextEncoder().encode(text),
  );

function recordOf(at_ms: number, frame: Uint8Array, length = frame.length): number[] {
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, at_ms, true);
  head.setUint32(4, length, true);
  return [...new Uint8Array(head.buffer), ...frame];
}

const FRAMES = [frameOf(0, "[2,1]"), frameOf(1, ""), frameOf(2, "x".repeat(300))];
const STREAM = Uint8Array.from([
  ...recordOf(0, FRAMES[0] as Uint8Array),
  ...recordOf(70_000, FRAMES[1] as Uint8Array),
  ...recordOf(70_000, FRAMES[2] as Uint8Array),
]);

function readIn(pieces: readonly Uint8Array[]): { found: Recorded[]; isBetween: boolean } {
  const reader = new RecordReader();
  return { found: pieces.flatMap((piece) => reader.push(piece)), isBetween: reader.isBetween };
}

const piecesOf = (size: number) =>
  Array.from({ length: Math.ceil(STREAM.length / size) }, (_, at) => STREAM.slice(at * size, (at + 1) * size));

describe("R20 a recording's stream", () => {
  it.each([1, 2, 7, 8, 9, 13, 64, STREAM.length])("is read in pieces of %i bytes", (size) => {
    const { found, isBetween } = readIn(piecesOf(size));
    expect(found.map(({ at_ms }) => at_ms)).toEqual([0, 70_000, 70_000]);
    expect(found.map(({ bytes }) => bytes)).toEqual(FRAMES);
    expect(found.map(({ header }) => [header.epoch, header.seq])).toEqual([
      [3, 0],
      [3, 1],
      [3, 2],
    ]);
    expect(isBetween).toBe(true);
  });

  it("is read wherever it is cut in two", () => {
    for (let at = 0; at <= STREAM.length; at++) {
      const { found } = readIn([STREAM.slice(0, at), STREAM.slice(at)]);
      expect(found.map(({ bytes }) => bytes)).toEqual(FRAMES);
    }
  });

  it("that ends within a record gives those before it, and tells", () => {
    const last = 8 + (FRAMES[2] as Uint8Array).length;
    for (const missing of [1, 100, last - 8, last - 3, last - 1]) {
      const { found, isBetween } = readIn([STREAM.slice(0, -missing)]);
      expect(found).toHaveLength(2);
      expect(isBetween).toBe(false);
    }
    expect(readIn([STREAM.slice(0, -last)])).toMatchObject({ found: { length: 2 }, isBetween: true });
  });

  it("never goes back in time", () => {
    const stream = [900, 400].flatMap((at_ms) => recordOf(at_ms, FRAMES[1] as Uint8Array));
    expect(readIn([Uint8Array.from(stream)]).found.map(({ at_ms }) => at_ms)).toEqual([900, 900]);
  });

  it("is refused when it is none", () => {
    const read = (record: number[]) => () => readIn([Uint8Array.from(record)]);
    expect(read(recordOf(0, FRAMES[1] as Uint8Array, 2 ** 31))).toThrow(BadRecord);
    expect(read(recordOf(0, new Uint8Array(11)))).toThrow(BadRecord);
    expect(read(recordOf(0, new Uint8Array(12)))).toThrow(BadEnvelope);
  });
});
