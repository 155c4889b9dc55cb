/**
 * Frames of another site that have our SDK: each tells its page through a port, with a mask of its own (SPEC F23). What they tell
 * stays within their frame: its ids count from a number of their own, and only the frame's document is made of it.
 */
import { FIRST_FOREIGN_ID, Op } from "#protocol/facts";
import type { Wish } from "#protocol/messages";
import type { FromInner, ToInner } from "../inner.ts";
import type { Answered, ForeignFrames } from "../ports.ts";
import { HELLO } from "../surface/parents.ts";
import type { Context } from "./context.ts";
import { listen, native, type Stop } from "./natives.ts";
import type { Outgoing } from "./outgoing.ts";

type Frame = HTMLIFrameElement;
/** Ids of a frame count from FIRST_FOREIGN_ID plus a multiple of IDS; an id is below 2 ** 31. */
const IDS = 2 ** 22;
const MAX_FRAMES = 2 ** 8;
const MAX_BATCH_CHARACTERS = 4_000_000;
const BEHIND_BYTES = 256 * 1024;
const BEHIND_WAIT_MS = 50;

interface Inner {
  readonly base: number;
  /** The frame's own id when it began: one that is told anew begins anew. */
  readonly host: number;
  readonly port: MessagePort;
  readonly origin: string;
  readonly batches: string[];
}

export function startForeign(
  context: Context,
  outgoing: Outgoing,
): ForeignFrames & { supply(url: string): Promise<boolean>; stop: Stop } {
  const { page, numbers, facts, tree, mask, options } = context;
  const frames = new Set<Frame>();
  const inners = new Map<Frame, Inner>();
  const answers = new Map<number, Answered>();
  const wanted = new Map<string, { left: number; done(found: boolean): void }>();
  let begun = 0;
  let wishes = 0;
  /** Where the last click went: keys go there too. */
  let keysTo: Frame | null = null;

  const say = (inner: Inner, message: ToInner): void => inner.port.postMessage(message);

  function end(frame: Frame): void {
    const inner = inners.get(frame);
    if (!inner) return;
    say(inner, { stop: true });
    inner.port.close();
    inners.delete(frame);
    tree.foreign.delete(frame);
    if (keysTo === frame) keysTo = null;
  }
  function unshown(frame: Frame): void {
    end(frame);
    const id = numbers.idOf(frame);
    if (id === undefined) return;
    facts.slots.push(Op.Unfaithful, id, mask.own("frame_of_another_site"));
    context.soon();
  }
  function ask(frame: Frame): void {
    // Its origin is not known, and the question has no content.
    frame.contentWindow?.postMessage(HELLO.who, "*");
  }
  function begin(frame: Frame, origin: string): void {
    end(frame);
    const host = numbers.idOf(frame);
    if (host === undefined || tree.levels.has(frame) || inners.size >= MAX_FRAMES) return;
    const { port1, port2 } = new (native(page, "MessageChannel"))();
    const inner: Inner = {
      base: FIRST_FOREIGN_ID + (begun++ % MAX_FRAMES) * IDS,
      host,
      port: port1,
      origin,
      batches: [],
    };
    inners.set(frame, inner);
    tree.foreign.add(frame);
    port1.onmessage = ({ data }: MessageEvent<FromInner>) => inners.get(frame) === inner && heard(frame, inner, data);
    frame.contentWindow?.postMessage(HELLO.capture, origin, [port2]);
  }
  function heard(frame: Frame, inner: Inner, message: FromInner): void {
    const { batch, volatile, asset, bytes, missing, answered, code = null, at = null } = message;
    if (typeof batch === "string") {
      if (batch.length > MAX_BATCH_CHARACTERS) unshown(frame);
      else if (volatile) context.volatile([Op.Embedded, inner.host, inner.base, mask.elsewhere(batch)]);
      else inner.batches.push(batch);
      context.soon();
    }
    if (asset) takeAsset(asset);
    if (typeof bytes === "number") take(inner, bytes);
    if (missing !== undefined) notFound(missing);
    if (answered !== undefined) answer(frame, answered, code, at);
    if (message.again) begin(frame, inner.origin);
    if (message.gone) unshown(frame);
  }
  /** The frame may go on when what it told has left this page. */
  function take(inner: Inner, bytes: number): void {
    if (options.unacknowledgedBytes() <= BEHIND_BYTES) say(inner, { taken: bytes });
    else native(page, "setTimeout").call(page, () => take(inner, bytes), BEHIND_WAIT_MS);
  }
  function takeAsset(payload: Uint8Array<ArrayBuffer>): void {
    const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
    const head = JSON.parse(new TextDecoder().decode(payload.subarray(4, 4 + length)));
    const want = wanted.get(head.url);
    // Only what was asked for: another address may be one of the page's own.
    if (!want) return;
    wanted.delete(head.url);
    outgoing.asset(head, payload.subarray(4 + length));
    want.done(true);
  }
  function notFound(url: string): void {
    const want = wanted.get(url);
    if (!want || --want.left > 0) return;
    wanted.delete(url);
    want.done(false);
  }
  function answer(frame: Frame, id: number, ...[code, at]: Parameters<Answered>): void {
    const box = frame.getBoundingClientRect();
    answers.get(id)?.(code, at && { x: at.x + box.left + frame.clientLeft, y: at.y + box.top + frame.clientTop });
    answers.delete(id);
  }
  function frameFor(wish: Wish): Frame | null {
    if (wish.kind === "press_key" || wish.kind === "type_text") return keysTo;
    // A drawing is anchored to the frame, if to anything of it.
    if (!("node" in wish) || wish.kind === "draw") return null;
    const found = [...inners].find(([, { base }]) => wish.node >= base && wish.node < base + IDS);
    if (wish.kind === "click" || wish.kind === "focus") keysTo = found?.[0] ?? null;
    return found?.[0] ?? null;
  }

  context.onTold(["iframe"], (element) => {
    const frame = element as Frame;
    if (frames.has(frame)) return;
    frames.add(frame);
    ask(frame);
  });
  context.onRoot((root, view) => {
    if (root.nodeType !== 9) return () => undefined;
    return listen(view, "message", (event) => {
      const { data, source, origin } = event as MessageEvent;
      if (data !== HELLO.here) return;
      for (const frame of frames) if (frame.contentWindow === source) begin(frame, origin);
    });
  });
  context.onBatch(() => {
    for (const frame of frames) {
      const id = numbers.idOf(frame);
      const inner = inners.get(frame);
      if (id === undefined) {
        end(frame);
        frames.delete(frame);
      } else if (inner && inner.host !== id) {
        begin(frame, inner.origin);
      } else if (inner) {
        for (const batch of inner.batches.splice(0)) {
          facts.slots.push(Op.Embedded, id, inner.base, mask.elsewhere(batch));
        }
      }
    }
  });
  return {
    frameFor,
    hand(frame, wish, wisher, done) {
      const inner = inners.get(frame as Frame);
      if (!inner) return;
      const id = ++wishes;
      answers.set(id, done);
      say(inner, { wish: "node" in wish ? { ...wish, node: wish.node - inner.base } : wish, id, wisher });
    },
    /** Ask all of them for an asset. */
    supply(url) {
      if (inners.size === 0) return Promise.resolve(false);
      return new Promise((done) => {
        wanted.set(url, { left: inners.size, done });
        for (const inner of inners.values()) say(inner, { url });
      });
    },
    stop() {
      for (const frame of [...inners.keys()]) end(frame);
    },
  };
}
