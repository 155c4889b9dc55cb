/** The 12-byte header of a binary frame (SPEC W4). Mirrors `twinpane_protocol/envelope.py`; vectors bind the two. */

export const ENVELOPE_VERSION = 1;
export const HEADER_BYTES = 12;

export const Kind = { Facts: 1, Asset: 2 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

export const Flag = { SnapshotStart: 1, SnapshotEnd: 2, Deflated: 4, Volatile: 8 } as const;

export interface Envelope {
  readonly kind: Kind;
  /** Flag values or-ed. */
  readonly flags: number;
  /** 0..65535, given by the server. */
  readonly epoch: number;
  /** Place in the epoch, from 0. */
  readonly seq: number;
  /** The page's clock in ms, modulo 2^32; measures delay, decides nothing. */
  readonly tMs: number;
}

/** A binary frame that is too short, of another version, or of an unknown kind. */
export class BadEnvelope extends Error {}

/** Return header and payload as one frame. */
export function encodeFrame(envelope: Envelope, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, (ENVELOPE_VERSION << 4) | envelope.kind);
  view.setUint8(1, envelope.flags);
  view.setUint16(2, envelope.epoch);
  view.setUint32(4, envelope.seq);
  view.setUint32(8, envelope.tMs);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** Read a frame's header. Throws BadEnvelope. */
export function decodeHeader(frame: Uint8Array): Envelope {
  if (frame.length < HEADER_BYTES) throw new BadEnvelope(`a frame has at least ${HEADER_BYTES} bytes`);
  const view = new DataView(frame.buffer, frame.byteOffset, HEADER_BYTES);
  const first = view.getUint8(0);
  const flags = view.getUint8(1);
  if (first >> 4 !== ENVELOPE_VERSION) throw new BadEnvelope(`version ${first >> 4}`);
  const kind = first & 15;
  if (kind !== Kind.Facts && kind !== Kind.Asset) throw new BadEnvelope(`unknown kind ${kind}`);
  if (flags > 15) throw new BadEnvelope(`unknown flags ${flags}`);
  return { kind, flags, epoch: view.getUint16(2), seq: view.getUint32(4), tMs: view.getUint32(8) };
}
