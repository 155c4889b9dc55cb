/** In the agent's page: opens visitors, shows them, compares after each round, and finds the shortest way to a difference. */
import { createPlayer } from "../../../player/player.ts";
import type { Player } from "../../../player/ports.ts";
import { Chance } from "./chance.ts";
import { compare, compareMasked } from "./compare.ts";
import type { Traits, Visitor } from "./visitor.ts";

/** Edits of one round, with the seeds that make them; what comes between them is in `pauses`. */
interface Round {
  edits: number[];
  /** After so many edits: 0 goes on at once, 1 after microtasks, 2 after a task, 3 after a frame. */
  pauses: Record<number, number>;
}

export interface Course {
  traits: Traits;
  /** Before capture starts. */
  before: number[];
  rounds: Round[];
}

export interface Outcome {
  operations: number;
  rounds: number;
  difference: string;
  /** Reasons for which either side asked for a snapshot, as it does in a session. */
  snapshots: string[];
  verified: number;
  course: Course | null;
}

/** How long a difference may stay. */
const PATIENCE_MS = 3000;
const SHRINKING_PATIENCE_MS = 900;
const MAX_BATCH = 50;
/** What a session heals by a snapshot, as it is meant to; anything else counts as a difference. */
const FORESEEN = /a frame was moved/;

const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const later = (delay_ms: number) => new Promise((resolve) => setTimeout(resolve, delay_ms));

export function courseOf(seed: number, traits: Omit<Traits, "seed">, rounds: number): Course {
  const chance = new Chance(seed);
  const seeds = (count: number) => Array.from({ length: count }, () => 1 + chance.number(0x7fffffff));
  return {
    traits: { ...traits, seed },
    before: seeds(chance.number(300)),
    rounds: Array.from({ length: rounds }, () => {
      const edits = seeds(1 + chance.number(MAX_BATCH));
      const pauses: Record<number, number> = {};
      for (let n = chance.number(3); n > 0; n--) pauses[chance.number(edits.length)] = 1 + chance.number(3);
      return { edits, pauses };
    }),
  };
}

class Sight {
  readonly visitor: Visitor;
  readonly player: Player;
  readonly snapshots: string[] = [];
  verified = 0;
  failure = "";
  #broken = "";
  #epoch = 0;
  readonly #frame: HTMLIFrameElement;
  readonly #mount: HTMLElement;
  readonly #maskAll: boolean;

  private constructor(frame: HTMLIFrameElement, visitor: Visitor, maskAll: boolean) {
    this.#frame = frame;
    this.#maskAll = maskAll;
    this.visitor = visitor;
    this.#mount = document.createElement("div");
    document.body.append(this.#mount);
    this.player = createPlayer(this.#mount, {
      stageUrl: "/stage",
      assets: "/assets/",
      onBroken: (reason) => {
        this.#broken = `player: ${reason}`;
      },
      onDiffers: (reason) => {
        this.#broken = `receipt: ${reason}`;
      },
      onVerified: () => {
        this.verified++;
      },
    });
  }

  static async open(traits: Traits): Promise<Sight> {
    const frame = document.createElement("iframe");
    frame.style.cssText = "width: 900px; height: 500px";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    frame.src = "/visitor";
    document.body.append(frame);
    await loaded;
    const view = frame.contentWindow as unknown as { openVisitor(traits: Traits): Visitor };
    return new Sight(frame, view.openVisitor(traits), traits.maskAll);
  }

  close(): void {
    this.visitor.capture?.stop();
    this.player.stop();
    this.#frame.remove();
    this.#mount.remove();
  }

  begin(): void {
    this.#broken = "";
    this.#epoch++;
    this.visitor.start(this.#epoch);
    this.player.reset(this.#epoch);
  }

  async show(): Promise<void> {
    for (const frame of this.visitor.frames.splice(0)) await this.player.feed(frame.slice());
    const reason = this.visitor.broken ? `page: ${this.visitor.broken}` : this.#broken;
    if (!reason) return;
    this.snapshots.push(reason);
    if (!FORESEEN.test(reason)) this.failure = reason;
    this.begin();
  }

  /** Wait until the stage is what the page is; gives what stays different. */
  async difference(patience_ms: number): Promise<string> {
    const until_ms = Date.now() + patience_ms;
    await Promise.resolve();
    for (let turn = 0; ; turn++) {
      this.visitor.capture?.flush();
      await nextTask();
      await this.show();
      if (this.failure) return this.failure;
      const found = this.visitor.isLoading ? "a frame does not load" : this.#compare();
      if (!found || Date.now() > until_ms) return found;
      await (turn < 10 ? nextTask() : later(20));
    }
  }

  #compare(): string {
    return (this.#maskAll ? compareMasked : compare)(this.visitor, this.player);
  }

  /** Have the page's digests compared; gives what they say is different. */
  async receipt(): Promise<string> {
    const [verified, until_ms] = [this.verified, Date.now() + PATIENCE_MS];
    this.visitor.capture?.verify();
    while (this.verified === verified) {
      if (Date.now() > until_ms) return "no receipt came";
      await later(5);
      const snapshots = this.snapshots.length;
      await this.show();
      if (this.snapshots.length > snapshots) return this.snapshots.at(-1) ?? "";
    }
    return "";
  }
}

async function run(course: Course, isChecked: (round: number) => boolean, patience_ms = PATIENCE_MS): Promise<Outcome> {
  const sight = await Sight.open(course.traits);
  const outcome: Outcome = {
    operations: 0,
    rounds: 0,
    difference: "",
    snapshots: sight.snapshots,
    verified: 0,
    course: null,
  };
  const edit = (seed: number) => {
    sight.visitor.edit(seed);
    outcome.operations++;
  };
  try {
    for (const seed of course.before) edit(seed);
    sight.begin();
    for (const [number, round] of course.rounds.entries()) {
      for (const [at, seed] of round.edits.entries()) {
        edit(seed);
        const pause = round.pauses[at];
        if (pause) await [Promise.resolve(), nextTask(), nextFrame()][pause - 1];
      }
      outcome.rounds++;
      if (!isChecked(number)) continue;
      outcome.difference = await sight.difference(patience_ms);
      if (outcome.difference) return outcome;
    }
    // With a fast clock its slices are too thin to wait for.
    if (!course.traits.fastClock) outcome.difference = await sight.receipt();
    return outcome;
  } catch (error) {
    outcome.difference = `thrown: ${(error as Error).stack ?? error}`;
    return outcome;
  } finally {
    outcome.verified = sight.verified;
    sight.close();
  }
}

/** Leave out what is not needed for a difference, in ever smaller pieces, for a bounded time. */
async function shrink(course: Course, limit_ms: number): Promise<Course> {
  const until_ms = Date.now() + limit_ms;
  let best = course;
  const fails = async (tried: Course) =>
    Date.now() < until_ms &&
    (await run(tried, (n) => n === tried.rounds.length - 1, SHRINKING_PATIENCE_MS)).difference !== "";
  const reduce = async <T>(list: T[], tried: (kept: T[]) => Course): Promise<T[]> => {
    let kept = list;
    for (let size = Math.ceil(kept.length / 2); size >= 1 && kept.length; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < kept.length; ) {
        const without = [...kept.slice(0, at), ...kept.slice(at + size)];
        const course = tried(without);
        if (await fails(course)) {
          kept = without;
          best = course;
        } else at += size;
      }
    }
    return kept;
  };
  await reduce(best.rounds.slice(0, -1), (kept) => ({ ...best, rounds: [...kept, best.rounds.at(-1) as Round] }));
  await reduce(best.before, (before) => ({ ...best, before }));
  for (let at = 0; at < best.rounds.length; at++) {
    const { edits } = best.rounds[at] as Round;
    await reduce(edits, (kept) => ({
      ...best,
      rounds: best.rounds.map((round, n) => (n === at ? { edits: kept, pauses: {} } : round)),
    }));
  }
  return best;
}

/** Run one course, given or by seed; of a difference gives the shortest course to it that was found. */
async function fuzz(course: Course, shrink_ms: number): Promise<Outcome> {
  const outcome = await run(course, () => true);
  if (!outcome.difference) return outcome;
  outcome.course = { ...course, rounds: course.rounds.slice(0, outcome.rounds) };
  if (shrink_ms) outcome.course = await shrink(outcome.course, shrink_ms);
  return outcome;
}

Object.assign(globalThis, { fuzz, courseOf });
