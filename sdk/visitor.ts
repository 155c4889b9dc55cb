/** What this browser keeps of its visitor: the proof of who they are, and what pages told of them (S4). */
import type { Credentials } from "#protocol/messages";
import { type Told, update } from "./identity.ts";
import type { Storage } from "./storage.ts";

export class Visitor {
  #storage: Storage;
  /** Beside the storage, which may be full or blocked. */
  #told: Told;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#told = (storage.read("told") as Told | null) ?? {};
  }

  get told(): Told {
    return this.#told;
  }

  /** Read at each use: another tab may have been given them meanwhile. */
  get credentials(): Credentials | null {
    return this.#storage.read("visitor") as Credentials | null;
  }

  set credentials(credentials: Credentials | null) {
    this.#storage.write("visitor", credentials);
  }

  /** Add what a page tells. Throws TypeError and RangeError. */
  update(given: Readonly<Record<string, unknown>>): void {
    this.#told = update(this.#told, given);
    this.#storage.write("told", this.#told);
  }

  /** Keep all in another storage from now on; what it has of the visitor is taken up. */
  moveTo(storage: Storage): void {
    this.#told = { ...(storage.read("told") as Told | null), ...this.#told };
    this.#storage.write("told", null);
    this.#storage = storage;
    storage.write("told", this.#told);
  }

  forget(): void {
    this.#told = {};
    this.#storage.write("told", null);
    this.#storage.write("visitor", null);
  }
}
