/** What one side has sent and the other has not yet acknowledged, by number (SPEC L1, L3, L7). */

export type Data = string | Uint8Array<ArrayBuffer>;

interface Held {
  readonly data: Data;
  readonly bytes: number;
  readonly isFrame: boolean;
}

export class Retained {
  #held: Held[] = [];
  /** Number of the newest that was acknowledged; the first held one is the next. */
  newest = 0;
  /** How many of the held ones have a number, since they once were on a wire; they cannot be dropped without leaving a hole. */
  #numbered = 0;
  /** How many of the held ones are on the wire of today. */
  #onWire = 0;
  #frameBytes = 0;
  #bytes = 0;
  readonly #limitFrameBytes: number;

  constructor(limitFrameBytes: number) {
    this.#limitFrameBytes = limitFrameBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Keep a control message; never refused. */
  add(text: string): void {
    this.#push({ data: text, bytes: text.length, isFrame: false });
  }

  /**
   * Keep a page frame, or return false: over the limit (L7). The frames that never were on a wire go with it.
   * One frame larger than the limit passes while less than the limit is held.
   */
  addFrame(frame: Uint8Array<ArrayBuffer>): boolean {
    if (this.#frameBytes < this.#limitFrameBytes) {
      this.#push({ data: frame, bytes: frame.length, isFrame: true });
      return true;
    }
    const kept = this.#held.filter((held, index) => index < this.#numbered || !held.isFrame);
    this.#held = [];
    this.#bytes = this.#frameBytes = 0;
    for (const held of kept) this.#push(held);
    return false;
  }

  /** Return what is not on today's wire yet; from now on it is. */
  takeWaiting(): Data[] {
    const waiting = this.#held.slice(this.#onWire);
    this.#onWire = this.#numbered = this.#held.length;
    return waiting.map((held) => held.data);
  }

  /** Let go of all up to a number. False when what comes after it is not held (L4). */
  acknowledge(number: number): boolean {
    const count = number - this.newest;
    if (!(count >= 0 && count <= this.#numbered)) return false;
    for (const held of this.#held.splice(0, count)) {
      this.#bytes -= held.bytes;
      if (held.isFrame) this.#frameBytes -= held.bytes;
    }
    this.newest = number;
    this.#numbered -= count;
    this.#onWire = Math.max(0, this.#onWire - count);
    return true;
  }

  /** The wire is gone: all that is held will have to be told on the next one. */
  rewind(): void {
    this.#onWire = 0;
  }

  /** Forget all and count from 1 again. */
  clear(): void {
    this.#held = [];
    this.#bytes = this.#frameBytes = this.newest = this.#numbered = this.#onWire = 0;
  }

  #push(held: Held): void {
    this.#held.push(held);
    this.#bytes += held.bytes;
    if (held.isFrame) this.#frameBytes += held.bytes;
  }
}
