/** Batches become frames: JSON, UTF-8, deflated when it pays; numbered, and sent in the order they were told (SPEC W4, F4). */
import { encodeFrame, Flag, Kind } from "#protocol/envelope";
import type { Slot } from "#protocol/facts";
import type { CaptureOptions } from "../ports.ts";

const DEFLATE_FROM_BYTES = 1024;

export interface Outgoing {
  /** Send a batch. `flags`: SnapshotStart, SnapshotEnd; Volatile batches are not counted. `since_ms`: when its first change was. */
  batch(slots: readonly Slot[], flags: number, since_ms: number): void;
  /** Send an asset: its head and bytes. */
  asset(head: { url: string; type: string; status: number }, body: Uint8Array): void;
  stop(): void;
}

export function startOutgoing({ epoch, send, serverTime_ms }: CaptureOptions): Outgoing {
  const text = new TextEncoder();
  const canDeflate = typeof CompressionStream === "function";
  let seq = 0;
  let stopped = false;
  /** Frames that wait for one that is being deflated. */
  let tail: Promise<void> | null = null;

  function leave(kind: Kind, flags: number, payload: Uint8Array, since_ms: number): void {
    if (stopped) return;
    const counted = kind === Kind.Facts && !(flags & Flag.Volatile);
    const tMs = (serverTime_ms?.(since_ms) ?? 0) >>> 0;
    const envelope = { kind, flags, epoch, seq: counted ? seq++ : Math.max(0, seq - 1), tMs };
    send(encodeFrame(envelope, payload));
  }

  function queue(kind: Kind, flags: number, payload: Uint8Array<ArrayBuffer>, since_ms: number): void {
    const deflates = canDeflate && payload.length > DEFLATE_FROM_BYTES && kind === Kind.Facts;
    if (!tail && !deflates) {
      leave(kind, flags, payload, since_ms);
      return;
    }
    const ready = deflates ? deflate(payload) : Promise.resolve(payload);
    const turn: Promise<void> = (tail ?? Promise.resolve())
      .then(() => ready)
      .then((bytes) => leave(kind, deflates ? flags | Flag.Deflated : flags, bytes, since_ms))
      .finally(() => {
        if (tail === turn) tail = null;
      });
    tail = turn;
  }

  return {
    batch(slots, flags, since_ms) {
      queue(Kind.Facts, flags, text.encode(JSON.stringify(slots)), since_ms);
    },
    asset(head, body) {
      const headBytes = text.encode(JSON.stringify(head));
      const payload = new Uint8Array(4 + headBytes.length + body.length);
      new DataView(payload.buffer).setUint32(0, headBytes.length);
      payload.set(headBytes, 4);
      payload.set(body, 4 + headBytes.length);
      queue(Kind.Asset, 0, payload, performance.now());
    },
    stop() {
      stopped = true;
    },
  };
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new CompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  void writer.write(bytes);
  void writer.close();
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}
