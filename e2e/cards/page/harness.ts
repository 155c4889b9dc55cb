/** Shows the visitor's cards on a test page; lets the test look into their closed shadow root. */
import type { SessionState } from "#protocol/messages";
import { startCards } from "../../../sdk/consent/cards.ts";
import { ENGLISH } from "../../../sdk/consent/strings.ts";
import type { CardsConfig } from "../../../sdk/ports.ts";
import { DEFAULTS } from "../../../sdk/settings.ts";

const CONFIG: CardsConfig = DEFAULTS;

let root: ShadowRoot | null = null;
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const made = attachShadow.call(this, init);
  if (this.localName === "twinpane-cards") root = made;
  return made;
};

function start(overrides: Partial<CardsConfig> = {}, isHooked = false) {
  const told: string[] = [];
  const hooks: Partial<CardsConfig> = {
    onSessionRequest: (answer, name) => {
      told.push(`asked by ${name}`);
      answer(true);
      answer(false);
    },
  };
  const cards = startCards(window, {
    words: ENGLISH,
    config: { ...CONFIG, ...overrides, ...(isHooked ? hooks : {}) },
    lookupCode: "4821",
    answer: (kind, agent, allowed) => told.push(`${kind} ${agent} ${allowed}`),
    stopSession: () => told.push("stopped"),
    showDetails: () => told.push("details"),
  });
  return {
    told,
    show: (state: SessionState | null) => cards.show(state),
    pointAt: cards.pointAt,
    showLookupCode: cards.showLookupCode,
    stop: cards.stop,
    isHostOurs: () => cards.isOurs(document.querySelector("twinpane-cards") as Element),
    isPageOurs: () => cards.isOurs(document.body),
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count as shown
    text: () => (root?.querySelector(".root") as HTMLElement | null)?.innerText ?? "",
    spoken: () => root?.querySelector("[role=status]")?.textContent ?? "",
    focused: () => root?.activeElement?.textContent ?? null,
    /** Resolves when nothing of ours moves any more. */
    settled: () => Promise.allSettled(root?.getAnimations().map((animation) => animation.finished) ?? []),
    /** Middle of the element in the viewport, where a person would press. */
    spot(selector: string): { x: number; y: number } | null {
      const box = root?.querySelector(selector)?.getBoundingClientRect();
      return box?.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    },
    box: (selector: string) => root?.querySelector(selector)?.getBoundingClientRect().toJSON() ?? null,
    pressByScript: (selector: string) => root?.querySelector<HTMLElement>(selector)?.click(),
  };
}

declare global {
  interface Window {
    startTwin: typeof start;
    twin: ReturnType<typeof start>;
    violations: string[];
  }
}
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
window.startTwin = start;
window.twin = start();
