/** In the visitor's frame: the page, what happens to it, and capture. */
import { startCapture } from "../../../sdk/capture/capture.ts";
import { startKinds } from "../../../sdk/kinds.ts";
import type { Capture, Config } from "../../../sdk/ports.ts";
import { Chance } from "./chance.ts";
import { EDITS, type Edit } from "./edits.ts";
import { STATES } from "./states.ts";
import { World } from "./world.ts";

const CONFIG = {
  maskedElements: [],
  unmaskedElements: [],
  maskAll: false,
  maskedParameters: [],
  noRemoteElements: [],
  enableCanvases: true,
} as unknown as Config;
const ALL: readonly Edit[] = [...EDITS, ...STATES];
/** A clock that runs fast makes slices short: the snapshot, and what comes later, is told in many. */
const FAST_MS = 3;

/** What may differ from run to run; all of it follows from a seed. */
export interface Traits {
  seed: number;
  masks: boolean;
  maskAll: boolean;
  frames: boolean;
  fastClock: boolean;
}

export class Visitor {
  readonly page = window;
  readonly frames: Uint8Array<ArrayBuffer>[] = [];
  broken = "";
  capture: Capture | null = null;
  readonly #world: World;
  readonly #traits: Traits;
  readonly #passwords = new WeakSet<Element>();
  /** Of all epochs, as a session keeps it. */
  readonly #maskedForGood = new WeakSet<Element>();

  constructor(traits: Traits) {
    this.#traits = traits;
    this.#world = new World(window, new Chance(traits.seed), traits);
    if (traits.fastClock) {
      let now_ms = 0;
      performance.now = () => {
        now_ms += FAST_MS;
        return now_ms;
      };
    }
  }

  start(epoch: number): void {
    this.capture?.stop();
    // Closed roots of earlier are out of sight: only the call that makes one tells of it.
    this.#world.closed.clear();
    this.#world.mayClose = true;
    this.broken = "";
    this.frames.length = 0;
    this.capture = startCapture(window, {
      epoch,
      config: { ...CONFIG, maskAll: this.#traits.maskAll, unmaskedElements: this.#traits.maskAll ? [".k1"] : [] },
      send: (frame) => this.frames.push(frame),
      unacknowledgedBytes: () => 0,
      maskedForGood: this.#maskedForGood,
      isOurs: () => false,
      onBroken: (reason) => {
        this.broken = reason;
      },
      fetchKinds: () => Promise.resolve(startKinds),
    });
  }

  /** Make one edit, the one that the seed says. */
  edit(seed: number): void {
    const world = this.#world;
    world.chance = new Chance(seed);
    const edit = world.chance.pick(ALL);
    // What was shown before the session was for nobody to see: nothing tells that it was a password.
    if (this.capture) for (const input of document.querySelectorAll("input[type=password]")) this.#passwords.add(input);
    try {
      edit(world);
    } catch (error) {
      // A node cannot go into itself, a frame's texts not into a fragment, and so on: pages are told so as well.
      // What browsers throw has other names, in Firefox sometimes none.
      if (/^(?:Type|Range|Reference|Internal)?Error$/.test((error as object)?.constructor?.name ?? "")) throw error;
    }
    world.prune();
  }

  idOf(node: Node): number | undefined {
    return this.capture?.nodes.idOf(node);
  }

  shadowOf(element: Element): ShadowRoot | null {
    return this.#world.shadowOf(element);
  }

  /** What once was a password stays masked whatever it becomes (SPEC M1). */
  wasPassword(element: Element): boolean {
    return (
      this.#passwords.has(element) || (element.localName === "input" && this.capture?.nodes.isMasked(element) === true)
    );
  }

  /** Whether a frame is still loading. */
  get isLoading(): boolean {
    return this.#world.all().some((node) => {
      if ((node as Element).localName !== "iframe") return false;
      const frame = node as HTMLIFrameElement;
      const inner = frame.contentDocument;
      // In Firefox one that was opened while it loaded may never be complete.
      if (this.#world.opened.has(frame)) return false;
      return inner?.readyState !== "complete" || (frame.srcdoc !== "" && inner.URL === "about:blank");
    });
  }
}

(globalThis as { openVisitor?: (traits: Traits) => Visitor }).openVisitor = (traits) => new Visitor(traits);
