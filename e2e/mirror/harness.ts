/** In the visitor's page of a test: starts capture, keeps its frames, and can read them back. */
import { decodeHeader, Flag, HEADER_BYTES, Kind } from "#protocol/envelope";
import { startCapture } from "#sdk/capture/capture";
import type { StartKinds } from "#sdk/capture/context";
import { startKinds } from "#sdk/kinds";
import type { Capture, Config } from "#sdk/ports";
import { Model, printModel, printPage } from "./model.ts";

const CONFIG = {
  maskedElements: [],
  unmaskedElements: [],
  maskAll: false,
  maskedParameters: [],
  noRemoteElements: [],
  enableCanvases: true,
} as unknown as Config;

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Mirror {
  frames: Uint8Array<ArrayBuffer>[] = [];
  broken: string[] = [];
  /** How many frames a player has been given. */
  shown = 0;
  unacknowledged_bytes = 0;
  /** What comes after the first picture; a test may let it wait. */
  kinds: Promise<StartKinds | null> = Promise.resolve(startKinds);
  capture: Capture | null = null;
  model = new Model();
  #read = 0;

  start(config: Partial<Config> = {}): void {
    this.capture = startCapture(window, {
      epoch: 1,
      config: { ...CONFIG, ...config },
      send: (frame) => this.frames.push(frame),
      unacknowledgedBytes: () => this.unacknowledged_bytes,
      isOurs: (node) => (node as Element).id === "ours",
      onBroken: (reason) => this.broken.push(reason),
      fetchKinds: () => this.kinds,
    });
  }

  /** Batches of facts that were not read before: header and slots. */
  async read(): Promise<{ flags: number; seq: number; slots: (string | number | null)[] }[]> {
    const batches = [];
    for (; this.#read < this.frames.length; this.#read++) {
      const frame = this.frames[this.#read] as Uint8Array<ArrayBuffer>;
      const { kind, flags, seq } = decodeHeader(frame);
      if (kind !== Kind.Facts) continue;
      const payload = frame.slice(HEADER_BYTES);
      const json = new TextDecoder().decode(flags & Flag.Deflated ? await inflate(payload) : payload);
      batches.push({ flags, seq, slots: JSON.parse(json) });
    }
    return batches;
  }

  /** Tell what is waiting, until nothing is left to tell. */
  async settle(): Promise<void> {
    await this.capture?.told;
    await Promise.resolve();
    let quiet = 0;
    while (quiet < 3) {
      const before = this.frames.length;
      this.capture?.flush();
      await new Promise((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(0);
      });
      await new Response("").text();
      quiet = this.frames.length === before ? quiet + 1 : 0;
    }
  }

  /** Apply all that came; returns the first difference between model and page, or "". */
  async difference(): Promise<string> {
    await this.settle();
    for (const { slots } of await this.read()) this.model.apply(slots);
    if (this.broken.length) return `broken: ${this.broken}`;
    const model = this.model.get(0).children.map(printModel).join("");
    const page = [...document.childNodes].map(printPage).join("");
    if (model === page) return "";
    let at = 0;
    while (model[at] === page[at]) at++;
    const from = Math.max(0, at - 150);
    return `page  …${page.slice(from, at + 150)}\nmodel …${model.slice(from, at + 150)}`;
  }

  /** Facts that came since the last call, trees apart; the node that a fact is about is named `#id` or by its tag. */
  async news(): Promise<unknown[][]> {
    await this.settle();
    for (const { slots } of await this.read()) this.model.apply(slots);
    // What it costs depends on the machine.
    const facts = this.model.facts.filter(([name]) => name !== "Cost");
    const named = facts.map(([name, first, ...rest]) => {
      const node =
        typeof first === "number" && name !== "Viewport" && name !== "Sheet"
          ? this.capture?.nodes.nodeOf(first)
          : undefined;
      return [name, node ? ((node as Element).id ? `#${(node as Element).id}` : node.nodeName) : first, ...rest];
    });
    this.model.facts.length = 0;
    return named;
  }

  /** All facts of one kind that left, as the model reads them: name, then fields. */
  async all(name: string): Promise<unknown[][]> {
    const readSoFar = this.#read;
    this.#read = 0;
    const model = new Model();
    for (const { slots } of await this.read()) model.apply(slots);
    this.#read = readSoFar;
    return model.facts.filter((fact) => fact[0] === name);
  }

  /** Everything that left, decoded, as one string. */
  async bytes(): Promise<string> {
    const readSoFar = this.#read;
    this.#read = 0;
    const all = await this.read();
    this.#read = readSoFar;
    return JSON.stringify(all.map(({ slots }) => slots));
  }
}

Object.assign(globalThis, { mirror: new Mirror(), startKinds });
