/** Notices when the visitor leaves the page alone, and when they are back (S5). */

const SIGNS = ["focus", "pointerdown", "pointermove", "keydown"];
const LOOK_AGAIN_MS = 30_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface IdleOptions {
  /** Infinity: never idle. */
  limitMs(): number;
  /** While true the visitor counts as there. */
  isBusy(): boolean;
  onIdle(): void;
  /** The first sign after `onIdle`. */
  onBack(): void;
}

/** Start watching; return the way to stop. */
export function watchIdle(page: Window, options: IdleOptions): () => void {
  let lastSignMs = Date.now();
  let idle = false;
  let timer = 0;
  const check = (): void => {
    const leftMs = options.isBusy() ? LOOK_AGAIN_MS : lastSignMs + options.limitMs() - Date.now();
    if (leftMs > 0) timer = page.setTimeout(check, Math.min(leftMs, LONGEST_TIMER_MS));
    else {
      idle = true;
      options.onIdle();
    }
  };
  const sign = (): void => {
    lastSignMs = Date.now();
    if (!idle) return;
    idle = false;
    check();
    options.onBack();
  };
  for (const name of SIGNS) page.addEventListener(name, sign, { capture: true, passive: true });
  check();
  return () => {
    page.clearTimeout(timer);
    for (const name of SIGNS) page.removeEventListener(name, sign, { capture: true });
  };
}
