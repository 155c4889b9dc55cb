/** From what is known to what is shown: the one situation the watch page is in, in words (A1). Pure. */

import type { LinkStatus } from "#link/ports";
import type { AgentWelcome, SessionState } from "#protocol/messages";
import { ended, type Phase, refusedForGood, type Words } from "./words.ts";

export type SituationKind =
  | "no_seat"
  | "opening"
  | "waiting"
  | "asking"
  | "connecting"
  | "live"
  | "hidden"
  | "tab_closed"
  | "connection_lost"
  | "announced"
  | "reconnecting"
  | "ending"
  | "refused"
  | "timed_out"
  | "ended"
  | "left"
  | "failed";

export interface Situation extends Words {
  readonly kind: SituationKind;
  /** cover: nothing else to see; over: a card above the dimmed picture; note: a line above the living picture. */
  readonly place: "cover" | "over" | "note" | "none";
  /** cancel: leave while nothing is seen yet; again: the way back; reload: load this page again. */
  readonly action: "cancel" | "again" | "reload" | null;
  /** When what is counted down to happens, on this machine's clock in ms. */
  readonly untilMs: number | null;
}

export interface Known {
  hasSeat: boolean;
  link: LinkStatus;
  welcome: AgentWelcome | null;
  session: SessionState | null;
  /** Phase before the present one, null when it was not seen here; and when the present one began here (ms). */
  before: Phase | null;
  sinceMs: number;
  /** When an announced absence should be over, on this machine's clock; null when there is none. */
  backMs: number | null;
  hasPicture: boolean;
  refused: { code: string } | null;
  /** Connecting for the first time takes unusually long. */
  slow: boolean;
  /** Why the server cannot take us now although it may later. */
  hindrance: string | null;
  leaving: "no" | "ending" | "left";
}

/** A paused session is given up after this long without a tab (X6). */
const PAUSE_MS = 60_000;

function situation(
  kind: SituationKind,
  place: Situation["place"],
  words: Words,
  rest: Partial<Pick<Situation, "action" | "untilMs">> = {},
): Situation {
  return { kind, place, ...words, action: null, untilMs: null, ...rest };
}

/** Tell the situation. The first that fits counts: ends before drops, drops before phases. */
export function tell(known: Known): Situation {
  const { session, welcome } = known;
  const visitor = welcome?.visitor.name ?? "the visitor";
  if (!known.hasSeat) return situation("no_seat", "cover", USED, { action: "again" });
  if (session?.phase === "ended") return over(session, visitor, known);
  if (known.leaving === "left") return situation("left", "cover", left(visitor), { action: "again" });
  if (known.refused !== null) {
    const action = known.refused.code === "unsupported_protocol" ? "reload" : "again";
    return situation("failed", "cover", refusedForGood(known.refused.code), { action });
  }
  if (known.link === "closed") return situation("failed", "cover", CLOSED, { action: "reload" });
  if (welcome === null || session === null) return opening(known);
  if (known.link !== "open") {
    const detail = known.hindrance ?? "Your own connection dropped. The picture comes back by itself.";
    return situation("reconnecting", "over", { title: "Reconnecting", detail });
  }
  if (known.leaving === "ending") return situation("ending", "over", { title: "Ending the session", detail: "" });
  return phase(session, visitor, known);
}

const USED: Words = {
  title: "This link has been used",
  detail: "A watch link opens once, in one window. Ask for a new link to watch here.",
};

const CLOSED: Words = {
  title: "The server closed the connection",
  detail: "Load this page again to go on, if the session still lives.",
};

function left(visitor: string): Words {
  return { title: "You left the session", detail: `You no longer see ${visitor}'s page.` };
}

function opening(known: Known): Situation {
  if (known.slow || known.hindrance !== null) {
    const detail = known.hindrance ?? "The server does not answer. This page keeps trying.";
    return situation("opening", "cover", { title: "Trying to reach the server", detail });
  }
  return situation("opening", "cover", { title: "Opening the session", detail: "" });
}

function over(session: SessionState, visitor: string, known: Known): Situation {
  const reason = session.end_reason ?? "error";
  const kind =
    reason === "rejected" ? "refused" : reason === "timeout" ? "timed_out" : reason === "error" ? "failed" : "ended";
  return situation(kind, "cover", ended(reason, visitor, known.before, known.leaving !== "no"), { action: "again" });
}

function phase(session: SessionState, visitor: string, known: Known): Situation {
  switch (session.phase) {
    case "waiting":
      return situation(
        "waiting",
        "cover",
        {
          title: `Waiting for ${visitor} to open the page`,
          detail: "They are not online. It starts as soon as they are.",
        },
        { action: "cancel", untilMs: known.sinceMs + 300_000 },
      );
    case "asking":
      return situation(
        "asking",
        "cover",
        { title: `Waiting for ${visitor} to allow viewing`, detail: "They see your name and decide." },
        { action: "cancel", untilMs: known.sinceMs + 120_000 },
      );
    case "paused":
      return known.backMs === null
        ? paused(session, visitor, known.sinceMs + PAUSE_MS)
        : announced(session, visitor, known.backMs);
    default:
      return live(session, visitor, known.hasPicture);
  }
}

function paused(session: SessionState, visitor: string, untilMs: number): Situation {
  if (session.away === "tab_closed") {
    const detail = "It goes on when they open a page of the site again.";
    return situation("tab_closed", "over", { title: `${visitor} closed the page`, detail }, { untilMs });
  }
  const detail = "They seem to be offline. It goes on by itself.";
  return situation("connection_lost", "over", { title: `${visitor}'s connection is lost`, detail }, { untilMs });
}

/** The page said that it would go; its own words come first (S9). */
function announced(session: SessionState, visitor: string, untilMs: number): Situation {
  const title = session.absence?.title || `${visitor} left for a moment`;
  const detail = session.absence?.message || "The page said that they come back. It goes on by itself.";
  return situation("announced", "over", { title, detail }, { untilMs });
}

function live(session: SessionState, visitor: string, hasPicture: boolean): Situation {
  if (!hasPicture)
    return situation("connecting", "cover", { title: "Connecting", detail: `Getting ${visitor}'s page.` });
  if (session.tabs.find((tab) => tab.active)?.visible === false) {
    return situation("hidden", "note", {
      title: `${visitor} is not looking at this page`,
      detail: "It is behind another tab or window.",
    });
  }
  return situation("live", "none", { title: "Live", detail: `You see ${visitor}'s page.` });
}
