/** Rebuilds the visitor's page from its facts; see ports.ts. */
import { decodeHeader, Flag, HEADER_BYTES, Kind } from "#protocol/envelope";
import { BadFacts, type Slot } from "#protocol/facts";
import { type Applier, startApplier } from "./apply/apply.ts";
import { readPayload } from "./inflate.ts";
import type { CreatePlayer } from "./ports.ts";
import { openStage } from "./stage/stage.ts";

/** One epoch as it is shown; another takes its place at a reset. */
interface Run {
  readonly epoch: number;
  nextSeq: number;
  broken: boolean;
  applier: Applier | null;
}

/** A difference that no snapshot heals is healed more and more rarely. */
const HEAL_MIN_MS = 5_000;
const HEAL_MAX_MS = 600_000;

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export const createPlayer: CreatePlayer = (mount, options) => {
  const stage = openStage(mount, options.stageUrl);
  let run: Run | null = null;
  /** What is on the stage: the last run that got a frame. */
  let shown: Applier | null = null;
  let healPause_ms = HEAL_MIN_MS;
  let nextHeal_ms = 0;
  let tail: Promise<void> = stage.ready.then(
    () => {
      const first = stage.frame.contentDocument;
      stage.frame.addEventListener("load", () => {
        if (stage.frame.contentDocument !== first) fail(run, new BadFacts("the stage was moved and lost its page"));
      });
    },
    (error: unknown) => fail(run, error),
  );

  function fail(failed: Run | null, error: unknown): void {
    if (!failed || failed.broken || failed !== run) return;
    failed.broken = true;
    options.onBroken(reasonOf(error));
  }

  /** What is on the stage is not what the page has, though all was applied. */
  function differs(found: Run, reason: string): void {
    const now_ms = performance.now();
    if (found.broken || found !== run || now_ms < nextHeal_ms) return;
    nextHeal_ms = now_ms + healPause_ms;
    healPause_ms = Math.min(healPause_ms * 4, HEAL_MAX_MS);
    found.broken = true;
    (options.onDiffers ?? options.onBroken)(reason);
  }

  function verified(): void {
    healPause_ms = HEAL_MIN_MS;
    options.onVerified?.();
  }

  /** Take a frame's number. Throws BadFacts for a gap (SPEC F4). */
  function count(current: Run, flags: number, seq: number): void {
    if (flags & Flag.Volatile) return;
    if (seq !== current.nextSeq) throw new BadFacts(`frame ${seq} came, ${current.nextSeq} expected`);
    if ((seq === 0) !== Boolean(flags & Flag.SnapshotStart)) throw new BadFacts("an epoch begins with a snapshot");
    current.nextSeq++;
  }

  async function show(current: Run, flags: number, batch: Promise<Slot[]>): Promise<void> {
    const slots = await batch;
    const goesOn = () => run === current && !current.broken;
    if (!goesOn()) return;
    // A volatile frame may come before anything is shown.
    if (!current.applier && !(flags & Flag.SnapshotStart)) return;
    const onDiffers = (reason: string) => differs(current, reason);
    current.applier ??= startApplier(stage.frame, { ...options, onDiffers, onVerified: verified });
    shown = current.applier;
    await current.applier.apply(slots, goesOn);
    if (!goesOn()) return;
    if (flags & Flag.SnapshotStart) options.onFirstPicture?.();
    if (flags & Flag.SnapshotEnd) options.onWholePicture?.();
  }

  return {
    frame: stage.frame,
    get document() {
      return stage.frame.contentDocument as Document;
    },
    idOf: (node) => shown?.nodes.idOf(node),
    nodeOf: (id) => shown?.nodes.nodeOf(id),
    reset: (epoch) => {
      run = { epoch, nextSeq: 0, broken: false, applier: null };
    },
    feed: (frame) => {
      const current = run;
      if (!current || current.broken) return Promise.resolve();
      try {
        const { kind, flags, epoch, seq } = decodeHeader(frame);
        if (kind !== Kind.Facts || epoch !== current.epoch) return Promise.resolve();
        count(current, flags, seq);
        // Decompression begins at once, application waits for its turn.
        const batch = readPayload(frame.slice(HEADER_BYTES), Boolean(flags & Flag.Deflated));
        batch.catch(() => undefined);
        tail = tail.then(() => show(current, flags, batch)).catch((error: unknown) => fail(current, error));
      } catch (error) {
        fail(current, error);
      }
      return tail;
    },
    stop: () => {
      run = null;
      stage.remove();
    },
  };
};
