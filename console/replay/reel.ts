/** Feeds a recording to the player: whatever time is asked for, the stage comes to show the page as it was then. */
import type { Player } from "#player/ports";
import { Flag } from "#protocol/envelope";
import type { Recorded } from "./records.ts";
import { type Plan, planSeek, type Track } from "./track.ts";

/** The player decompresses all that it has at once; so many at a time do not fill the memory. */
const FRAMES_AT_ONCE = 64;
/** A picture that takes longer is waited for. */
const LATE_MS = 300;

export interface ReelOptions {
  track: Track;
  player: Pick<Player, "reset" | "feed">;
  /** The picture does not keep up; or does again. */
  onLate(isLate: boolean): void;
  /** An epoch begins; what is told from now on is of it. */
  onReset(): void;
  /** The stage shows what was asked for. */
  onShown(): void;
}

export class Reel {
  readonly #options: ReelOptions;
  /** Frames before it have been fed. */
  #next = 0;
  #goal_ms = 0;
  #runs = false;
  #jumps = false;

  constructor(options: ReelOptions) {
    this.#options = options;
  }

  /** Whether the stage is on the way to another time: what it tells now is of a time between. */
  get jumps(): boolean {
    return this.#jumps;
  }

  /** Have the page shown as it was at that time, or as near as what has come; ask again when more has. The newest asking counts. */
  show(at_ms: number): void {
    this.#goal_ms = at_ms;
    if (!this.#runs && this.#due()) void this.#run();
  }

  /** What is to be fed now; null for nothing. */
  #due(): Plan | null {
    const plan = planSeek(this.#options.track, this.#next, this.#goal_ms);
    return plan && plan.from < plan.until ? plan : null;
  }

  async #run(): Promise<void> {
    const { track, onLate, onShown } = this.#options;
    this.#runs = true;
    const timer = setTimeout(() => onLate(true), LATE_MS);
    for (let plan = this.#due(); plan; plan = this.#due()) {
      const until = Math.min(plan.until, plan.from + FRAMES_AT_ONCE);
      this.#jumps ||= plan.from !== this.#next || until < plan.until;
      this.#next = until;
      await this.#feed(track.frames.slice(plan.from, until));
    }
    clearTimeout(timer);
    onLate(false);
    const jumped = this.#jumps;
    this.#runs = this.#jumps = false;
    if (jumped) onShown();
  }

  #feed(frames: readonly Recorded[]): Promise<unknown> {
    const { player, onReset } = this.#options;
    return Promise.all(
      frames.map(({ header, bytes }) => {
        if (header.flags & Flag.SnapshotStart) {
          player.reset(header.epoch);
          onReset();
        }
        return player.feed(bytes);
      }),
    );
  }
}
