/**
 * What the server's clock shows, from the pongs of a link (SPEC L8): the middle of a round trip is when the server read it, off by
 * half of what the trip took at most. Pure: times are given, ms.
 */

/** Clocks drift apart by less than this part. */
const DRIFT = 0.0002;

export class ServerClock {
  #offset_ms: number | null = null;
  /** How wrong it may be. */
  #error_ms = 0;
  #at_ms = 0;
  #roundTrip_ms: number | null = null;

  /** Smoothed; null before the first pong. */
  get roundTrip_ms(): number | null {
    return this.#roundTrip_ms;
  }

  /** A pong came. `t` is when its ping went, by the clock of `now_ms`. */
  hear({ t, now_ms: server_ms }: { readonly t: number; readonly now_ms: number }, now_ms: number): void {
    const took_ms = now_ms - t;
    if (!(took_ms >= 0)) return;
    this.#roundTrip_ms = this.#roundTrip_ms === null ? took_ms : this.#roundTrip_ms * 0.7 + took_ms * 0.3;
    const offset_ms = server_ms - (t + now_ms) / 2;
    const before_ms = this.#error_ms + (now_ms - this.#at_ms) * DRIFT;
    const isAnother = this.#offset_ms === null || Math.abs(offset_ms - this.#offset_ms) > took_ms / 2 + before_ms;
    if (!isAnother && took_ms / 2 > before_ms) return;
    this.#offset_ms = offset_ms;
    this.#error_ms = took_ms / 2;
    this.#at_ms = now_ms;
  }

  /** The server's time at a time of this side's clock; null before the first pong. */
  at(time_ms: number): number | null {
    return this.#offset_ms === null ? null : time_ms + this.#offset_ms;
  }
}
