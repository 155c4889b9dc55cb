/** The ways a visitor asks for their lookup code: a key pressed several times, a link (S6). */
import type { Settings } from "./settings.ts";

const HASH = "#upscope-lookup-code";
/** Presses further apart than this are not one gesture. */
const PAUSE_MS = 1500;

/** Call `show` when the visitor asks for the code; return the way to stop. */
export function watchLookup(page: Window, settings: () => Settings, show: () => void): () => void {
  let presses = 0;
  let lastPressMs = 0;
  const onKey = (event: KeyboardEvent): void => {
    const { enableLookupCodeOnKey, lookupCodeKey, lookupCodeKeyRepetitions } = settings();
    if (event.repeat || !enableLookupCodeOnKey) return;
    const follows = event.timeStamp - lastPressMs < PAUSE_MS;
    // keyCode, because the setting is one.
    presses = event.keyCode !== lookupCodeKey ? 0 : follows ? presses + 1 : 1;
    lastPressMs = event.timeStamp;
    if (presses < lookupCodeKeyRepetitions) return;
    presses = 0;
    show();
  };
  const onClick = (event: Event): void => {
    const link = event.composedPath().find((target) => (target as Partial<HTMLAnchorElement>).hash === HASH);
    if (!link) return;
    event.preventDefault();
    show();
  };
  page.addEventListener("keydown", onKey, true);
  page.addEventListener("click", onClick, true);
  return () => {
    page.removeEventListener("keydown", onKey, true);
    page.removeEventListener("click", onClick, true);
  };
}

/** Write the code into the page's own element, when there is one and it does not show the code yet. */
export function writeCode(page: Window, target: unknown, code: string): void {
  const element = typeof target === "string" ? page.document.querySelector(target) : (target as Element);
  if (element && element.textContent !== code) element.textContent = code;
}
