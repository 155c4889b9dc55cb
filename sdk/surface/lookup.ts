/** The lookup code, and the ways to it: a key pressed several times, the page's own element, functions (S6). */
import type { LookupCode } from "#protocol/messages";
import type { Cards, SurfaceHost } from "../ports.ts";

/** Presses further apart than this are not one gesture. */
const PAUSE_MS = 1500;
/** Browsers take no longer time. */
const LONGEST_MS = 2 ** 31 - 1;
/** How long the page's own element waits for a code after all were in use. */
const AGAIN_MS = 60_000;
/** A card that asks the visitor does not wait longer for a code in its text. */
const LONGEST_WAIT_MS = 2000;

export interface Lookup {
  /** Resolve with a code that holds now; a fresh one with `renew`. Empty when all are in use. */
  code(renew: boolean): Promise<string>;
  /** Resolves when the page's texts can be filled in: those that name the code wait for it, but not for long. */
  ready(): Promise<unknown>;
  /** Show the visitor their code. */
  show(): Promise<void>;
  told(message: LookupCode): void;
  welcomed(): void;
  /** The page or its settings may have changed. */
  look(): void;
  stop(): void;
}

export function startLookup(host: SurfaceHost, cards: Pick<Cards, "showLookupCode" | "offerCode">): Lookup {
  const { page } = host;
  let renewal = 0;
  let isOffered = false;
  const waiting: ((code: string) => void)[] = [];
  let nextAskMs = 0;
  let presses = 0;
  let lastPressMs = 0;

  const ask = (renew: boolean): void => host.send({ type: "lookup_code_wanted", renew });

  function code(renew: boolean): Promise<string> {
    void host.whenWelcomed().then(() => ask(renew));
    return new Promise((resolve) => waiting.push(resolve));
  }

  function answer(code: string): void {
    for (const resolve of waiting.splice(0)) resolve(code);
  }

  const stopListening = host.events.on(["error"], (code) => {
    if (code !== "no_lookup_code") return;
    nextAskMs = Date.now() + AGAIN_MS;
    answer("");
  });

  async function show(): Promise<void> {
    host.connect();
    cards.showLookupCode(await code(false));
  }

  function elementOf(given: unknown): Element | null {
    return typeof given === "string" ? page.document.querySelector(given) : (given as Element | null);
  }

  async function ready(): Promise<unknown> {
    const { authorizationPromptTitle, authorizationPromptMessage } = host.settings;
    const isNamed = `${authorizationPromptTitle}${authorizationPromptMessage}`.includes("{%lookupCode%}");
    if (!isNamed || host.lookupCode) return;
    return Promise.race([code(false), new Promise((late) => page.setTimeout(late, LONGEST_WAIT_MS))]);
  }

  function look(): void {
    const { lookupCodeElement, injectLookupCodeButton } = host.settings;
    if (injectLookupCodeButton !== isOffered) cards.offerCode(injectLookupCodeButton ? () => void show() : null);
    isOffered = injectLookupCodeButton;
    if (!lookupCodeElement) return;
    if (!host.lookupCode && waiting.length === 0 && Date.now() >= nextAskMs) void code(false);
    const element = elementOf(lookupCodeElement);
    if (element && host.lookupCode && element.textContent !== host.lookupCode) element.textContent = host.lookupCode;
  }

  function onKey(event: KeyboardEvent): void {
    const { enableLookupCodeOnKey, lookupCodeKey, lookupCodeKeyRepetitions } = host.settings;
    if (event.repeat || !enableLookupCodeOnKey) return;
    const follows = event.timeStamp - lastPressMs < PAUSE_MS;
    // keyCode, because the setting is one.
    presses = event.keyCode !== lookupCodeKey ? 0 : follows ? presses + 1 : 1;
    lastPressMs = event.timeStamp;
    if (presses < lookupCodeKeyRepetitions) return;
    presses = 0;
    void show();
  }

  page.addEventListener("keydown", onKey, true);
  return {
    code,
    ready,
    show,
    told({ code: fresh, expires_at }) {
      host.lookupCode = fresh;
      look();
      answer(fresh);
      page.clearTimeout(renewal);
      // One that stands in the page must hold as long as it stands there.
      const restMs = Math.min(LONGEST_MS, Math.max(1000, Date.parse(expires_at) - Date.now()));
      if (host.settings.lookupCodeElement) renewal = page.setTimeout(() => void code(false), restMs);
    },
    welcomed() {
      if (waiting.length > 0 || host.settings.lookupCodeElement) ask(false);
    },
    look,
    stop() {
      stopListening();
      page.removeEventListener("keydown", onKey, true);
      page.clearTimeout(renewal);
    },
  };
}
