/** Reads a frame's payload (SPEC W4). */
import { BadFacts, type Slot } from "#protocol/facts";

/** A page's own snapshot slice is far below; a forged one must not fill the agent's memory. */
const MAX_BYTES = 64 * 1024 * 1024;

async function inflate(payload: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([payload]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw new BadFacts("a payload over its bound");
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Return the batch of a payload. Rejects with BadFacts, or what the decoders say. */
export async function readPayload(payload: Uint8Array<ArrayBuffer>, deflated: boolean): Promise<Slot[]> {
  const bytes = deflated ? await inflate(payload) : payload;
  const slots: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  if (!Array.isArray(slots)) throw new BadFacts("a batch is an array");
  return slots as Slot[];
}
