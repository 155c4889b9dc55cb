/**
 * Keeps capture out of the page's way: it measures its own time, and batches that are not short get further apart once they take
 * more than 5 % of the main thread. Short ones may leave with every frame: nobody feels them, and the picture stays close.
 * Pure: times are given.
 */

export const BUDGET = 0.05;
/** A quarter of a frame. */
const SHORT_MS = 4;
const WINDOW_MS = 1000;
const MAX_INTERVAL_MS = 500;

export class Pace {
  /** Within the window, fading. */
  #spent_ms = 0;
  #batches = 0;
  #at_ms = 0;
  #lastBatch_ms = Number.NEGATIVE_INFINITY;

  /** Add the time that a batch took. */
  spent(length_ms: number, now_ms: number): void {
    this.#fade(now_ms);
    this.#spent_ms += length_ms;
    this.#batches++;
  }

  batchLeft(now_ms: number): void {
    this.#lastBatch_ms = now_ms;
  }

  /** Part of the main thread used, averaged over about a second: 0.05 is 5 %. */
  cost(now_ms: number): number {
    this.#fade(now_ms);
    return this.#spent_ms / WINDOW_MS;
  }

  /** How far apart batches are to be, in ms; 0: with every frame. What a batch is longer than short, it pays for at the budget's rate. */
  interval_ms(now_ms: number): number {
    if (this.cost(now_ms) <= BUDGET) return 0;
    const usual_ms = this.#spent_ms / Math.max(1, this.#batches);
    return Math.min(MAX_INTERVAL_MS, Math.max(0, (usual_ms - SHORT_MS) / BUDGET));
  }

  /** How long the next batch must wait yet, in ms. */
  wait_ms(now_ms: number): number {
    return Math.max(0, this.#lastBatch_ms + this.interval_ms(now_ms) - now_ms);
  }

  /** What was spent fades with the time constant of the window. */
  #fade(now_ms: number): void {
    const left = Math.exp(-Math.max(0, now_ms - this.#at_ms) / WINDOW_MS);
    this.#spent_ms *= left;
    this.#batches *= left;
    this.#at_ms = now_ms;
  }
}
