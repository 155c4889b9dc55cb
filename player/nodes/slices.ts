/** Long work gives way to input and painting. */

/** So long a slice takes, with its layout. Painting is a task of its own; neither may take the 50 ms from which on it is felt. */
const SLICE_MS = 40;
/** Less building than this part of its layout would make layout all there is: each goes over what was there before. */
const LEAST_PART = 0.4;
/** One slice is not like the next. */
const MOST_GROWTH = 1.25;
/** Batches that follow one another so closely run in one task. */
const SAME_TASK_MS = 1;

/** Resolve in a later task, soon, also in a hidden tab. Not `scheduler.yield`: it goes before the agent's other work. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Building in slices that are as long as the layout of what they built allows. */
export class Slices {
  readonly #layOut: () => void;
  #build_ms = SLICE_MS / 4;
  #began_ms = 0;
  #ended_ms = 0;
  #paused = false;

  /** `layOut` makes the browser lay out what was built: what that takes counts, and what was built at once is laid out at once. */
  constructor(layOut: () => void) {
    this.#layOut = layOut;
  }

  get isOver(): boolean {
    return performance.now() - this.#began_ms > this.#build_ms;
  }

  /** A batch begins. */
  begin(): void {
    const now_ms = performance.now();
    if (now_ms - this.#ended_ms > SAME_TASK_MS) this.#began_ms = now_ms;
    this.#paused = false;
  }

  /** A batch is through. */
  end(): void {
    // Of a large one the last slice is not left to the task that paints all of it.
    if (this.#paused) this.#layOut();
    this.#ended_ms = performance.now();
  }

  /** Resolve in the task of the next slice. */
  async pause(): Promise<void> {
    // What took longer than it was given was interrupted, or one piece: it says little of the pieces to come.
    const built_ms = Math.min(performance.now() - this.#began_ms, this.#build_ms);
    this.#layOut();
    const took_ms = performance.now() - this.#began_ms;
    const fitting_ms = Math.max((built_ms * SLICE_MS) / took_ms, (took_ms - built_ms) * LEAST_PART);
    this.#build_ms = Math.min(fitting_ms, this.#build_ms * MOST_GROWTH, SLICE_MS);
    this.#paused = true;
    await nextTask();
    this.#began_ms = performance.now();
  }
}
