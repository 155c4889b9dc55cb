/** The page's listeners (S3). */

export type Listener = (...args: unknown[]) => void;

export class Events {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** Call `listener` at each of the events; return the way to stop it. */
  on(names: readonly string[], listener: Listener): () => void {
    for (const name of names) {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners.add(listener));
    }
    return () => {
      for (const name of names) this.#listeners.get(name)?.delete(listener);
    };
  }

  /** Tell all listeners. What one throws is shown on the console and harms nobody. */
  emit(name: string, ...args: unknown[]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      guarded(() => listener(...args));
    }
  }

  /** Say that something went wrong: on the console and as event `error` (S1). */
  fail(code: string, message: string): void {
    console.warn(`Upscope: ${message} (${code})`);
    this.emit("error", code, message);
  }

  /** Say that a function was called in a wrong way. */
  failCall(thrown: unknown): void {
    this.fail("bad_call", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Options that are called at the event of their name. */
const HOOKS = ["onConnection", "onSessionStart", "onSessionContinue", "onSessionEnd"] as const;

/** Call what the page gave as option, at its event. */
export function callHooks(events: Events, settings: () => Readonly<Record<(typeof HOOKS)[number], unknown>>): void {
  for (const hook of HOOKS) {
    const event = hook.charAt(2).toLowerCase() + hook.slice(3);
    events.on([event], (...args) => (settings()[hook] as Listener | null)?.(...args));
  }
}

/** Run the page's own code. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (thrown) {
    console.warn("Upscope: a listener threw", thrown);
  }
}
