/** In the visitor's page of the random wire test: makes a page from a seed, lets things happen, and searches what left it. */
import { decodeHeader, Flag, HEADER_BYTES, Kind } from "#protocol/envelope";
import { Chance } from "../../../bench/mirror/fuzz/chance.ts";
import { startCapture } from "../../../sdk/capture/capture.ts";
import { startKinds } from "../../../sdk/kinds.ts";
import { newsOf, texts } from "../../../sdk/news.ts";
import type { Capture } from "../../../sdk/ports.ts";
import { type Settings, settle } from "../../../sdk/settings.ts";
import { begin, EDITS } from "./edits.ts";
import { Place } from "./place.ts";

const PART = 8;
const EDITS_MAX = 14;

/** What came of some cases. */
export interface Outcome {
  cases: number;
  secrets: number;
  bytes: number;
  leaks: string[];
  /** Seeds of cases of which nothing open was heard. */
  deaf: number[];
  broken: string[];
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

const FILLING = "a page's facts, ".repeat(2000);

async function deflated(): Promise<void> {
  const stream = new Blob([FILLING]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  await new Response(stream).arrayBuffer();
}

function settings(isStrict: boolean): Settings {
  const rules = { maskedElements: [".own-rule", "[data-secret-part]"], maskedParameters: ["token", "access*"] };
  return settle({}, isStrict ? { ...rules, maskAll: true, unmaskedElements: [".shown"] } : rules);
}

function task(): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}

class Listener {
  readonly frames: Uint8Array<ArrayBuffer>[] = [];
  readonly broken: string[] = [];
  readonly #maskedForGood = new WeakSet<Element>();
  #epoch = 0;
  capture: Capture | null = null;

  begin(config: Settings): void {
    this.capture?.stop();
    this.capture = startCapture(window, {
      epoch: ++this.#epoch,
      config,
      send: (frame) => this.frames.push(frame),
      unacknowledgedBytes: () => 0,
      maskedForGood: this.#maskedForGood,
      isOurs: () => false,
      onBroken: (reason) => this.broken.push(reason),
      fetchKinds: () => Promise.resolve(startKinds),
    });
  }

  /** All that left since the last time, as text; JSON's own escapes undone. */
  async heard(): Promise<string> {
    await this.capture?.told;
    for (let quiet = 0, count = this.frames.length; quiet < 2; count = this.frames.length) {
      this.capture?.flush();
      await task();
      // What is being deflated leaves before this, which was asked for later.
      await deflated();
      quiet = this.frames.length === count ? quiet + 1 : 0;
    }
    const said: string[] = [];
    for (const frame of this.frames.splice(0)) {
      const { kind, flags } = decodeHeader(frame);
      const payload = frame.slice(HEADER_BYTES);
      const text = new TextDecoder().decode(flags & Flag.Deflated ? await inflate(payload) : payload);
      said.push(kind === Kind.Facts ? (JSON.parse(text) as unknown[]).join("\n") : text);
    }
    return said.join("\n");
  }
}

const listener = new Listener();

/** One page, its edits, and what was heard of it; the seed decides all. */
async function play(seed: number, outcome: Outcome, known: Map<string, string>): Promise<void> {
  const chance = new Chance(seed);
  const isStrict = seed % 4 === 0;
  const config = settings(isStrict);
  const root = document.createElement("section");
  document.body.replaceChildren(root);
  const place = new Place(root, chance, isStrict ? ".shown" : null, () => listener.capture?.flush());
  const news: string[] = [];
  begin(place);
  listener.begin(config);
  for (let left = 1 + chance.number(EDITS_MAX); left > 0; left--) {
    try {
      chance.pick(EDITS)(place);
    } catch (error) {
      // A node cannot go into itself, and the like.
      if (!(error instanceof DOMException)) throw error;
    }
    if (chance.once(2)) listener.capture?.flush();
    if (chance.once(3)) await task();
    news.push(...texts(newsOf(window, config, {})));
  }
  for (const secret of place.secrets) {
    for (let at = 0; at + PART <= secret.length; at++) known.set(secret.slice(at, at + PART), `${seed}: ${secret}`);
  }
  const said = `${await listener.heard()}\n${news.join("\n")}`;
  outcome.cases++;
  outcome.secrets += place.secrets.length;
  outcome.bytes += said.length;
  outcome.broken.push(...listener.broken.splice(0).map((reason) => `seed ${seed}: ${reason}`));
  if (!said.includes(place.open[0] as string)) outcome.deaf.push(seed);
  const found = new Set<string>();
  for (let at = 0; at + PART <= said.length; at++) {
    const owner = known.get(said.slice(at, at + PART));
    if (!owner || found.has(owner)) continue;
    found.add(owner);
    outcome.leaks.push(`seed ${owner} in …${said.slice(Math.max(0, at - 60), at + 40)}…`);
  }
}

async function run(first: number, count: number): Promise<Outcome> {
  const outcome: Outcome = { cases: 0, secrets: 0, bytes: 0, leaks: [], deaf: [], broken: [] };
  const known = new Map<string, string>();
  for (let seed = first; seed < first + count && outcome.leaks.length < 5; seed++) await play(seed, outcome, known);
  listener.capture?.stop();
  return outcome;
}

/** One of the places of the corpus (`e2e/wire/places.py`). */
interface Spot {
  name: string;
  html: string;
  late: string;
  id: string;
  secret: string;
  later: string;
  typed: boolean;
  head: boolean;
}

function happen({ id, late, later, typed }: Spot): void {
  const el = document.getElementById(id) as HTMLInputElement;
  if (late) new Function("el", "late", late)(el, later);
  if (!typed) return;
  el.focus();
  if (el.isContentEditable) el.textContent = "";
  else el.value = "";
  for (const letter of later) {
    if (el.isContentEditable) el.textContent += letter;
    else el.value += letter;
    el.dispatchEvent(new Event("input", { bubbles: true }));
    listener.capture?.flush();
  }
}

/** The whole corpus in one page; gives the names of the places that were heard. */
async function corpus(spots: readonly Spot[], rules: object): Promise<string[]> {
  const config = settle({}, rules as never);
  history.replaceState(null, "", "?lang=en&token=THEADDRESSTOKEN#access=THEADDRESSTOKEN");
  document.title = "Order THEADDRESSTOKEN";
  const html = (isHead: boolean) => spots.filter(({ head }) => head === isHead).map((spot) => spot.html);
  document.head.insertAdjacentHTML("beforeend", html(true).join("\n"));
  // Declarative shadow roots come with it.
  (document.body as HTMLElement & { setHTMLUnsafe(html: string): void }).setHTMLUnsafe(html(false).join("\n"));
  await Promise.all(
    [...document.querySelectorAll("iframe[srcdoc]")].map(
      (frame) => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true })),
    ),
  );
  listener.begin(config);
  let said = await listener.heard();
  const news = texts(newsOf(window, config, {}));
  for (const spot of spots) {
    try {
      happen(spot);
    } catch (error) {
      console.warn(spot.name, error);
    }
  }
  news.push(...texts(newsOf(window, config, {})));
  said += `\n${await listener.heard()}\n${news.join("\n")}`;
  const isHeard = (secret: string) => {
    for (let at = 0; at + PART <= secret.length; at++) if (said.includes(secret.slice(at, at + PART))) return true;
    return false;
  };
  const leaks = spots.filter(({ secret, later }) => isHeard(secret) || isHeard(later)).map(({ name }) => name);
  if (isHeard("THEADDRESSTOKEN")) leaks.push("the address");
  return leaks;
}

Object.assign(globalThis, { run, corpus });
