/** A bundle of ours that is fetched once something needs it; what comes for it is handed on in order. */
import { fetchModule } from "./modules.ts";

export class Lazy<Module, Part extends { stop(): void }> {
  readonly #start: (module: Module) => Part | Promise<Part>;
  readonly #fail: (message: string) => void;
  #part: Promise<Part | null> | null = null;

  constructor(start: (module: Module) => Part | Promise<Part>, fail: (message: string) => void) {
    this.#start = start;
    this.#fail = fail;
  }

  /** Fetch and start the part, unless it is there or on its way. */
  load(url: string): void {
    this.#part ??= this.#fetch(url);
  }

  /** Resolve with the part; null where none is on its way, or it cannot be had. */
  get part(): Promise<Part | null> {
    return this.#part ?? Promise.resolve(null);
  }

  /** Run with the part, after all that was asked before; not at all when none is on its way. */
  use(run: (part: Part) => void): void {
    this.#part?.then((part) => part && run(part)).catch((thrown) => this.#fail(`a bundle failed: ${thrown}`));
  }

  /** Let the part remove its traces; the next `load` starts it anew. */
  stop(): void {
    this.use((part) => part.stop());
    this.#part = null;
  }

  /** A visitor who is being asked should not miss it by one lost request. */
  async #fetch(url: string): Promise<Part | null> {
    try {
      return await this.#start(await fetchModule<Module>(url));
    } catch (reason) {
      this.#part = null;
      this.#fail(`cannot load ${url}: ${reason}`);
      return null;
    }
  }
}
