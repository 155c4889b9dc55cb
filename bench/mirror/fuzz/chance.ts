/** Chance that can be had again: the same seed gives the same numbers. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1;
  }

  /** A whole number from 0 on and below `below`. */
  number(below: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % below;
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.number(times) === 0;
  }

  pick<T>(list: ArrayLike<T>): T {
    return list[this.number(list.length)] as T;
  }
}
