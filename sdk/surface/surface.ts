/**
 * What the visitor sees of us, and what the page's script can do beyond being connected: cards, events of a session, the lookup
 * code, functions that few pages call. A bundle of its own, fetched when one of them is needed.
 */
import type { SessionState } from "#protocol/messages";
import { startCards } from "../consent/cards.ts";
import { wordsFor } from "../consent/words.ts";
import type { StartSurface } from "../ports.ts";
import { startDebug } from "./debug.ts";
import { startDetails } from "./details.ts";
import { startHistory } from "./history.ts";
import { speakLast } from "./last_words.ts";
import { startLookup } from "./lookup.ts";
import { offerToParents } from "./parents.ts";
import { startPublicLinks } from "./public_links.ts";
import { eventsBetween } from "./session_events.ts";

/** Agents see the page itself, as it is; what a screen share would add is not there. */
const NO_FULL_TAB = "a full tab cannot be shared: agents see the page itself";

export const startSurface: StartSurface = async (host) => {
  const words = await wordsFor(host.page, host.settings.language);
  const cards = startCards(host.page, {
    words,
    get config() {
      return host.settings;
    },
    get lookupCode() {
      return host.lookupCode;
    },
    answer: (kind, agent, allowed) => host.send({ type: "answered", kind, agent, allowed }),
    stopSession: () => host.stopSession(),
    closeConsole: () => host.send({ type: "console_closed" }),
    showDetails: (opener) => details.open(opener),
  });
  const details = startDetails(host, words, { cards: () => cards, endSession: () => cards.endSession() });
  const lookup = startLookup(host, cards);
  const links = startPublicLinks(host);
  const debug = startDebug(host);
  const history = startHistory(host);
  speakLast(host);
  let isOffered = false;
  const noFullTab = (): void => host.events.fail("full_tab_unavailable", NO_FULL_TAB);

  const functions: Readonly<Record<string, (...args: never[]) => unknown>> = {
    getLookupCode: () => lookup.code(false),
    newLookupCode: () => lookup.code(true),
    getWatchLink: async () => (await host.whenWelcomed()).watch_link,
    getConnectionId: async () => (await host.whenWelcomed()).connection,
    getPublicLink: links.ask,
    fullTabStart: noFullTab,
    fullTabEnd: noFullTab,
    prefetchAssets: () => host.prefetch(),
    saveHistory: history.save,
    startDebug: debug.start,
    stopDebug: debug.stop,
  };

  let newest: SessionState | null = null;

  /** One card is enough: the tab that the agents would see asks. */
  async function show(session: SessionState): Promise<void> {
    newest = session;
    const asks = session.tabs.some((tab) => tab.active && tab.id === host.tab.id);
    const state = asks ? session : { ...session, asking: null };
    if (state.asking) await lookup.ready();
    if (newest !== session) return;
    cards.show(state);
    details.sessionIs(state);
  }

  return {
    cards: { ...cards, captured: details.captured, left: details.left },
    call(name, args) {
      const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!known) throw new TypeError(`there is no function ${name}`);
      return known(...(args as never[]));
    },
    sessionIs(before, after, found) {
      // A session that ended while we were away has no last state: make one of the last that was seen.
      const state = after ?? (before && { ...before, phase: "ended" as const, asking: null });
      if (state) void show(state);
      for (const [name, ...args] of eventsBetween(before, after, found)) host.events.emit(name, ...args);
    },
    read(message) {
      if (message.type === "lookup_code") lookup.told(message);
      else if (message.type === "public_link") links.told(message);
      else details.read(message);
    },
    welcomed: lookup.welcomed,
    look() {
      // Let the page around this frame show it to its agents (F23).
      if (!isOffered && host.settings.parentOrigins.length > 0 && host.page.parent !== host.page) {
        isOffered = true;
        offerToParents(
          host.page,
          () => host.settings.parentOrigins,
          (port) => host.embed(port),
        );
      }
      cards.look();
      lookup.look();
      history.look();
    },
    showCode: lookup.show,
    stop() {
      lookup.stop();
      details.stop();
      cards.stop();
    },
  };
};
