/** What all kinds share: the observer, the walk, the batches and when they leave (SPEC F1-F9). */
import { Flag } from "#protocol/envelope";
import { FACTS_VERSION, FactWriter } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import { Mask, type SafeText } from "../mask/mask.ts";
import { Numbers } from "../nodes/numbers.ts";
import type { CaptureOptions } from "../ports.ts";
import { type Changes, tellChanges } from "./changes.ts";
import { type Clockwork, startClockwork } from "./clockwork.ts";
import type { Context, Root } from "./context.ts";
import { Dirty } from "./dirty.ts";
import { native, type Stop, type View } from "./natives.ts";
import { type Outgoing, startOutgoing } from "./outgoing.ts";
import { Pace } from "./pace.ts";
import { createRealms } from "./realms.ts";
import { createRoots } from "./roots.ts";
import { Tree } from "./tree.ts";
import { SLICE_MS, walkOf } from "./walk.ts";

/** Above this the network is behind: batches wait and merge. */
const BEHIND_BYTES = 256 * 1024;
const BEHIND_WAIT_MS = 50;
/** Slices of the snapshot leave together, about 200 KB of JSON: deflated one by one they would share nothing. */
const BATCH_SLOTS = 25_000;
/** The first batch leaves as soon as it has so many: it is what the agent sees first. A small page is one batch. */
const FIRST_SLOTS = 3600;
const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeOldValue: true,
  characterData: true,
  characterDataOldValue: true,
};

type Meet = (element: Element, id: number) => void;

export class Engine implements Context {
  readonly page: View;
  readonly options: CaptureOptions;
  readonly mask: Mask;
  readonly numbers: Numbers;
  readonly facts = new FactWriter<SafeText>();
  readonly tree: Tree;
  readonly dirty: Dirty;
  readonly changes: Changes;
  readonly outgoing: Outgoing;
  /** Resolves when the whole page has been told once. */
  readonly told: Promise<void>;
  readonly onRoot: Context["onRoot"];
  readonly realms = createRealms();
  readonly #roots: ReturnType<typeof createRoots>;
  readonly #walk: ReturnType<typeof walkOf>;
  readonly #pace = new Pace();
  readonly #clockwork: Clockwork;
  readonly #observer: MutationObserver;
  readonly #lookers: (() => void)[] = [];
  readonly #tellers: (() => void)[] = [];
  readonly #lastTellers: (() => void)[] = [];
  readonly #meetings = new Map<string, Meet[]>();
  /** Those that came after elements had been told: they meet these in the next batch, all in one walk. */
  readonly #late = new Map<string, Meet[]>();
  readonly #boxMeetings: ((element: Element) => void)[] = [];
  readonly #scrolledMeetings: ((element: Element) => void)[] = [];
  #flags: number = Flag.SnapshotStart;
  #hasBegun = false;
  #walking = false;
  #wholeTold = false;
  #stopped = false;
  /** What a receipt took of the batch: it keeps to a measure of its own, and must not make the changes after it late. */
  #apart_ms = 0;
  /** When the first change was seen that no batch has told; null when there is none. */
  #since_ms: number | null = null;
  /** A kind may have something to tell. */
  #isAsked = true;
  #resolveTold: () => void = () => undefined;

  constructor(page: View, options: CaptureOptions) {
    this.page = page;
    this.options = options;
    this.mask = new Mask(page, options.config, options.maskedForGood);
    this.numbers = new Numbers((node) => this.mask.isMasked(node));
    this.tree = new Tree(this.numbers, this.mask, this.facts, options.isOurs, page.Element);
    this.tree.onStranger = (element) => this.realms.meet(element);
    this.mask.shadowOf = (element) => this.tree.shadowOf(element);
    this.dirty = new Dirty(this.numbers, this.tree);
    this.dirty.onPasswordShown = (element) => this.mask.keepMasked(element);
    this.changes = tellChanges(this);
    this.outgoing = startOutgoing(options);
    this.#roots = createRoots(page);
    this.onRoot = this.#roots.onRoot;
    this.tree.onForgotten = (node) => this.#roots.end(node);
    this.#walk = walkOf(this.tree);
    this.#clockwork = startClockwork(page, () => this.#work(() => this.#batch()));
    this.#observer = new (native(page, "MutationObserver"))((records) => {
      // What fails here would be lost without a sound.
      this.#work(() => this.dirty.collect(records));
      if (this.dirty.any) this.soon();
    });
    this.told = new Promise((resolve) => {
      this.#resolveTold = resolve;
    });
  }

  // ---- what kinds ask ---------------------------------------------------------------------------

  get isWholeTold(): boolean {
    return this.#wholeTold && !this.#walking && this.tree.later.length === 0;
  }

  soon(): void {
    this.#isAsked = true;
    const now_ms = performance.now();
    this.#since_ms ??= now_ms;
    this.#clockwork.afterFrame(this.#pace.wait_ms(now_ms));
  }

  drain(): void {
    this.dirty.collect(this.#observer.takeRecords());
  }

  onLook(look: () => void): void {
    this.#lookers.push(look);
  }

  onBatch(tell: () => void): void {
    this.#tellers.push(tell);
  }

  onLeave(tell: () => void): void {
    this.#lastTellers.push(tell);
  }

  onTold(tags: readonly string[], meet: Meet): void {
    for (const tag of tags) {
      this.tree.tags.notice(tag);
      this.#meetings.set(tag, [...(this.#meetings.get(tag) ?? []), meet]);
    }
    if (!this.#hasBegun) return;
    for (const tag of tags) this.#late.set(tag, [...(this.#late.get(tag) ?? []), meet]);
    this.soon();
  }

  onBox(meet: (element: Element) => void): void {
    this.#boxMeetings.push(meet);
  }

  onScrolled(meet: (element: Element) => void): void {
    this.#scrolledMeetings.push(meet);
  }

  volatile(slots: readonly (number | SafeText)[]): void {
    if (this.#wholeTold) this.outgoing.batch([FACTS_VERSION, ...slots], Flag.Volatile, performance.now());
  }

  watchRoot(root: Root): void {
    this.#observer.observe(root, OBSERVED);
  }

  /** Tell a document or shadow root whose host has been told; an earlier one of that host is forgotten. */
  tellRoot(host: Element | null, root: Root): void {
    const earlier = host && this.tree.rootOf.get(host);
    if (earlier) this.tree.forget(earlier);
    this.watchRoot(root);
    const { defaultView } = root as Document;
    if (defaultView) this.realms.enter(defaultView as View);
    this.tree.writeRoot(host, root);
    this.#roots.begin(root);
  }

  get cost(): number {
    return this.#pace.cost(performance.now());
  }

  get interval_ms(): number {
    return this.#pace.interval_ms(performance.now());
  }

  // ---- telling ----------------------------------------------------------------------------------

  /** Begin the snapshot: its first slice is told at once. */
  begin(): void {
    this.#work(() => {
      this.#hasBegun = true;
      this.tree.beginSlice(SLICE_MS);
      for (const tell of this.#tellers) tell();
      this.tellRoot(null, this.page.document);
      this.#meetNewcomers();
      this.#finishSlice();
    });
  }

  flush(): void {
    this.#work(() => this.#batch());
  }

  stop: Stop = () => {
    this.#stopped = true;
    this.#observer.disconnect();
    this.#clockwork.stop();
    this.outgoing.stop();
    this.#roots.stop();
    this.realms.stop();
    this.#resolveTold();
  };

  /** What fails in here ends the epoch, and nothing in the page. */
  #work(work: () => void): void {
    if (this.#stopped) return;
    const began_ms = performance.now();
    try {
      work();
    } catch (error) {
      console.warn("Upscope: capture failed", error);
      this.stop();
      this.options.onBroken("capture_failed");
    }
    const now_ms = performance.now();
    // The snapshot yields by itself; it would only make the batches after it late.
    if (this.#wholeTold) this.#pace.spent(now_ms - began_ms - this.#apart_ms, now_ms);
    this.#apart_ms = 0;
  }

  /** Put off while the network is behind: what is dirty merges. Returns whether it was. */
  #putOff(): boolean {
    if (this.options.unacknowledgedBytes() <= BEHIND_BYTES) return false;
    this.#clockwork.later(() => (this.#walking ? this.#go() : this.soon()), BEHIND_WAIT_MS);
    return true;
  }

  #batch(): void {
    if (this.#walking || this.#putOff()) return;
    this.tree.beginSlice(SLICE_MS);
    this.#tellDirty();
    this.#finishSlice();
  }

  #go(): void {
    this.#work(() => {
      if (this.#putOff()) return;
      if (this.facts.slots.length > BATCH_SLOTS) {
        // In a task of its own: writing and deflating take as long as a slice.
        this.#leave(0);
        this.#clockwork.next(() => this.#go());
        return;
      }
      this.tree.beginSlice(SLICE_MS);
      this.#tellDirty();
      this.#walk.slice();
      this.#meetNewcomers();
      this.#finishSlice();
    });
  }

  #tellDirty(): void {
    // First of all: whoever is told after this meets the latecomers as a newcomer.
    this.#meetTold();
    this.drain();
    for (const look of this.#lookers) look();
    this.changes.tell();
    this.#meetNewcomers();
    // Between slices of a walk that met nobody there is nothing new.
    if (this.#walking && !this.#isAsked) return;
    this.#isAsked = false;
    // A kind may tell a root, and there meet others.
    do {
      this.#meetNewcomers();
      for (const tell of this.#tellers) tell();
    } while (this.tree.newcomers.length);
  }

  #finishSlice(): void {
    this.#walking = this.#walk.waiting;
    if (!this.#walking && !this.#wholeTold) {
      this.#wholeTold = true;
      for (const tell of this.#tellers) tell();
      this.#leave(Flag.SnapshotEnd);
      this.#resolveTold();
    } else if (!this.#walking || (this.#flags & Flag.SnapshotStart && this.facts.slots.length > FIRST_SLOTS)) {
      this.#leave(0);
    }
    if (this.#walking) this.#clockwork.next(() => this.#go());
  }

  #leave(flags: number): void {
    if (this.#wholeTold && !this.#walking) {
      const began_ms = performance.now();
      for (const tell of this.#lastTellers) tell();
      this.#apart_ms = performance.now() - began_ms;
    }
    const now = this.#flags | flags;
    const now_ms = performance.now();
    const since_ms = this.#since_ms ?? now_ms;
    this.#since_ms = null;
    if (this.facts.empty && now === 0) return;
    this.#flags = 0;
    this.outgoing.batch(this.facts.take(), now, since_ms);
    this.#pace.batchLeft(now_ms);
  }

  #meetTold(): void {
    if (this.#late.size === 0) return;
    const late = new Map(this.#late);
    this.#late.clear();
    const selector = [...late.keys()].join();
    for (const root of this.#roots.told()) {
      for (const element of root.querySelectorAll(selector)) {
        const id = this.numbers.idOf(element);
        if (id === undefined || this.tree.levelOf(element) >= Level.Box) continue;
        for (const meet of late.get(element.localName) ?? []) meet(element, id);
      }
    }
  }

  #meetNewcomers(): void {
    const { newcomers } = this.tree;
    if (newcomers.length) this.#isAsked = true;
    for (let i = 0; i < newcomers.length; i++) this.#meet(newcomers[i] as Element);
    newcomers.length = 0;
  }

  #meet(element: Element): void {
    const id = this.numbers.idOf(element);
    if (id === undefined) return;
    if (this.tree.levelOf(element) === Level.Box) {
      for (const meet of this.#boxMeetings) meet(element);
      return;
    }
    const shadow = this.tree.shadowOf(element);
    if (shadow && !this.numbers.has(shadow)) this.tellRoot(element, shadow);
    // Images do not scroll, and to ask may cost a layout.
    const mayScroll = element.localName !== "img";
    if (mayScroll && (element.scrollTop || element.scrollLeft))
      for (const meet of this.#scrolledMeetings) meet(element);
    for (const meet of this.#meetings.get(element.localName) ?? []) meet(element, id);
  }
}
