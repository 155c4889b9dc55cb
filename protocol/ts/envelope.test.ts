import { describe, expect, it } from "vitest";
import vectors from "../vectors/envelope.json" with { type: "json" };
import { BadEnvelope, decodeHeader, type Envelope, encodeFrame, HEADER_BYTES, type Kind } from "./envelope.ts";

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

describe("envelope", () => {
  it.each(vectors.valid)("W4 reads and writes: $name", ({ hex, envelope, payload }) => {
    const { t_ms: tMs, kind, ...rest } = envelope;
    const expected: Envelope = { ...rest, kind: kind as Kind, tMs };
    const frame = bytesOf(hex);
    expect(decodeHeader(frame)).toEqual(expected);
    expect(frame.subarray(HEADER_BYTES)).toEqual(bytesOf(payload));
    expect(encodeFrame(expected, bytesOf(payload))).toEqual(frame);
  });

  it.each(vectors.error)("W6 refuses: $name", ({ hex }) => {
    expect(() => decodeHeader(bytesOf(hex))).toThrow(BadEnvelope);
  });

  it("W4 reads a header inside a larger buffer", () => {
    const [{ hex, envelope } = { hex: "", envelope: { seq: -1 } }] = vectors.valid;
    const inside = new Uint8Array([9, 9, ...bytesOf(hex)]).subarray(2);
    expect(decodeHeader(inside).seq).toBe(envelope.seq);
  });
});
