/** Fetches the core once a session asks for it, and hands on what comes for it, in order. */
import type { Core, CoreHost, StartCore } from "./ports.ts";

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
    this.#core ??= (import(url) as Promise<{ startCore: StartCore }>).then(
      (module) => module.startCore(this.#host),
      (reason) => {
        this.#core = null;
        this.#fail(`cannot load ${url}: ${reason}`);
        return null;
      },
    );
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
}
