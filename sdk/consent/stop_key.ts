/** Ends the session when Escape is held for a second (SPEC M6): within reach of whoever wants out, and never by a mere press. */

export interface StopKeyOptions {
  isLive(): boolean;
  /** The key is held, or no longer; not told of mere presses. */
  onHold(isHeld: boolean): void;
  stop(): void;
}

const HELD_MS = 300;
const STOPS_MS = 1000;

/** Returns the way to stop watching. */
export function watchStopKey(page: Window, { isLive, onHold, stop }: StopKeyOptions): () => void {
  let timer = 0;

  function release(): void {
    page.clearTimeout(timer);
    timer = 0;
    onHold(false);
  }

  function hold(): void {
    onHold(true);
    timer = page.setTimeout(() => {
      release();
      if (isLive()) stop();
    }, STOPS_MS - HELD_MS);
  }

  function down(event: KeyboardEvent): void {
    // What scripts and agents press is not trusted.
    if (!event.isTrusted || event.isComposing) return;
    if (event.key !== "Escape") {
      if (timer) release();
    } else if (!timer && !event.repeat && isLive()) timer = page.setTimeout(hold, HELD_MS);
  }

  const up = (event: KeyboardEvent): void => {
    if (timer && event.key === "Escape") release();
  };
  const away = (): void => {
    if (timer) release();
  };
  page.addEventListener("keydown", down, true);
  page.addEventListener("keyup", up, true);
  page.addEventListener("blur", away);
  return () => {
    page.clearTimeout(timer);
    page.removeEventListener("keydown", down, true);
    page.removeEventListener("keyup", up, true);
    page.removeEventListener("blur", away);
  };
}
