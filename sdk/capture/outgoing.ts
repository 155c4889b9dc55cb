/** Batches become frames: JSON, UTF-8, deflated when it pays; numbered, and sent in the order they were told (SPEC W4, F4). */
import { encodeFrame, Flag, Kind } from "#protocol/envelope";
import type { Slot } from "#protocol/facts";

const DEFLATE_FROM_BYTES = 1024;

export interface Outgoing {
  /** Send a batch. `flags`: SnapshotStart, SnapshotEnd; Volatile batches are not counted. */
  batch(slots: readonly Slot[], flags: number): void;
  /** Send an asset: its head and bytes. */
  asset(head: { url: string; type: string; status: number }, body: Uint8Array): void;
  stop(): void;
}

export function startOutgoing(epoch: number, send: (frame: Uint8Array<ArrayBuffer>) => void): Outgoing {
  const text = new TextEncoder();
  const canDeflate = typeof CompressionStream === "function";
  let seq = 0;
  let stopped = false;
  /** Frames that wait for one that is being deflated. */
  let tail: Promise<void> | null = null;

  function leave(kind: Kind, flags: number, payload: Uint8Array): void {
    if (stopped) return;
    const counted = kind === Kind.Facts && !(flags & Flag.Volatile);
    const envelope = { kind, flags, epoch, seq: counted ? seq++ : Math.max(0, seq - 1), tMs: performance.now() >>> 0 };
    send(encodeFrame(envelope, payload));
  }

  function queue(kind: Kind, flags: number, payload: Uint8Array<ArrayBuffer>): void {
    const deflates = canDeflate && payload.length > DEFLATE_FROM_BYTES && kind === Kind.Facts;
    if (!tail && !deflates) {
      leave(kind, flags, payload);
      return;
    }
    const ready = deflates ? deflate(payload) : Promise.resolve(payload);
    const turn: Promise<void> = (tail ?? Promise.resolve())
      .then(() => ready)
      .then((bytes) => leave(kind, deflates ? flags | Flag.Deflated : flags, bytes))
      .finally(() => {
        if (tail === turn) tail = null;
      });
    tail = turn;
  }

  return {
    batch(slots, flags) {
      queue(Kind.Facts, flags, text.encode(JSON.stringify(slots)));
    },
    asset(head, body) {
      const headBytes = text.encode(JSON.stringify(head));
      const payload = new Uint8Array(4 + headBytes.length + body.length);
      new DataView(payload.buffer).setUint32(0, headBytes.length);
      payload.set(headBytes, 4);
      payload.set(body, 4 + headBytes.length);
      queue(Kind.Asset, 0, payload);
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
