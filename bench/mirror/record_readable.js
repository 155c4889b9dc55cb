// As record.js, with every frame also in words: the names of its facts stand beside it. For measuring tools that look for a word in
// what was sent. The player's side takes the frame.
import { decodeHeader, Flag, HEADER_BYTES } from "../../protocol/ts/envelope.ts";
import { Op } from "../../protocol/ts/facts.ts";
import "./record.js";

const NAMES = new Map(Object.entries(Op).map(([name, op]) => [op, name[0].toLowerCase() + name.slice(1)]));
const { start } = globalThis.__mirror;

async function factsOf(text) {
  const frame = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const payload = new Blob([frame.subarray(HEADER_BYTES)]);
  if (!(decodeHeader(frame).flags & Flag.Deflated)) return JSON.parse(await payload.text());
  return JSON.parse(await new Response(payload.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text());
}

globalThis.__mirror.start = (emit) => {
  let tail = Promise.resolve();
  return start((message) => {
    const frame = message.toJSON();
    tail = tail.then(async () => {
      const facts = await factsOf(frame);
      emit({ frame, begins: NAMES.get(facts[1]), facts });
    });
  });
};
