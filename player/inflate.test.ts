import { expect, it } from "vitest";
import { BadFacts } from "#protocol/facts";
import { readPayload } from "./inflate.ts";

async function deflated(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

it("W4 a payload is read, packed or not", async () => {
  expect(await readPayload(await deflated("[1]"), true)).toEqual([1]);
  expect(await readPayload(new TextEncoder().encode("[1]"), false)).toEqual([1]);
  await expect(readPayload(await deflated("{}"), true)).rejects.toThrow(BadFacts);
});

it("W5 what unpacks to more than its bound is refused", async () => {
  const bomb = await deflated(`[${" ".repeat(65 * 1024 * 1024)}1]`);
  expect(bomb.length).toBeLessThan(100_000);
  await expect(readPayload(bomb, true)).rejects.toThrow(BadFacts);
});
