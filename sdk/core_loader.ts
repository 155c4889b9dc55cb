/** Fetches the core once a session asks for it, and hands on what comes for it, in order. */
import type { Core, CoreHost, StartCore } from "./ports.ts";

const ATTEMPTS = 4;
const RETRY_MS = 1000;

export class CoreLoader {
  readonly #host: CoreHost;
  readonly #fail: (message: string) => void;
  #core: Promise<Core | null> | null = null;

  constructor(host: CoreHost, fail: (message: string) => void) {
    this.#host = host;
    this.#fail = fail;
  }

  /** Fetch and start the core, unless it is there or on its way. */
  load(url: string): void {
    this.#core ??= this.#fetch(url, 1).then((module) => module?.startCore(this.#host) ?? null);
  }

  /** Run with the core, after all that was asked before; not at all when no core is on its way. */
  use(run: (core: Core) => void): void {
    this.#core?.then((core) => core && run(core)).catch((thrown) => this.#fail(`the core failed: ${thrown}`));
  }

  /** Let the core remove its traces; the next `load` starts it anew. */
  stop(): void {
    this.use((core) => core.stop());
    this.#core = null;
  }

  /** A visitor who is being asked should not miss it by one lost request. */
  async #fetch(url: string, attempt: number): Promise<{ startCore: StartCore } | null> {
    try {
      // Browsers remember by address that a module failed; the fragment makes it another.
      return await import(attempt > 1 ? `${url}#${attempt}` : url);
    } catch (reason) {
      if (attempt < ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
        return this.#fetch(url, attempt + 1);
      }
      this.#core = null;
      this.#fail(`cannot load ${url}: ${reason}`);
      return null;
    }
  }
}
