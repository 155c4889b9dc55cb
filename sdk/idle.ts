/** Notices when the visitor leaves the page alone, and when they are back (S5). */

const SIGNS = ["focus", "pointerdown", "pointermove", "keydown"];
const LOOK_MS = 1000;

export interface IdleOptions {
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
  let isIdle = false;
  const look = (): void => {
    if (options.isBusy()) lastSignMs = Date.now();
    if (isIdle || Date.now() - lastSignMs < options.limitMs()) return;
    isIdle = true;
    options.onIdle();
  };
  const sign = (): void => {
    lastSignMs = Date.now();
    if (isIdle) options.onBack();
    isIdle = false;
  };
  for (const name of SIGNS) page.addEventListener(name, sign, { capture: true, passive: true });
  const timer = page.setInterval(look, LOOK_MS);
  return () => {
    page.clearInterval(timer);
    for (const name of SIGNS) page.removeEventListener(name, sign, { capture: true });
  };
}
