/**
 * Keeps capture within 5 % of the page's main thread: it measures its own time, and over budget the batches get longer.
 * Pure: times are given.
 */

export const BUDGET = 0.05;
const WINDOW_MS = 1000;
const MAX_INTERVAL_MS = 500;

export class Pace {
  #spent_ms = 0;
  #at_ms = 0;
  #lastBatch_ms = Number.NEGATIVE_INFINITY;

  /** Add the time that a piece of work took. */
  spent(length_ms: number, now_ms: number): void {
    this.#decay(now_ms);
    this.#spent_ms += length_ms;
  }

  batchLeft(now_ms: number): void {
    this.#lastBatch_ms = now_ms;
  }

  /** Part of the main thread used, averaged over about a second: 0.05 is 5 %. */
  cost(now_ms: number): number {
    this.#decay(now_ms);
    return this.#spent_ms / WINDOW_MS;
  }

  /** How long the next batch must wait yet, in ms; 0 while within budget. */
  wait_ms(now_ms: number): number {
    const over = this.cost(now_ms) / BUDGET;
    if (over <= 1) return 0;
    const interval = Math.min(MAX_INTERVAL_MS, 50 * over);
    return Math.max(0, this.#lastBatch_ms + interval - now_ms);
  }

  /** What was spent fades with the time constant of the window. */
  #decay(now_ms: number): void {
    const passed = Math.max(0, now_ms - this.#at_ms);
    this.#spent_ms *= Math.exp(-passed / WINDOW_MS);
    this.#at_ms = now_ms;
  }
}
