/** From what is known to what is shown: the one situation the watch page is in, in words (A1). Pure. */

import type { LinkStatus } from "#link/ports";
import type { AgentWelcome, SessionState } from "#protocol/messages";
import type { Speech } from "./speech.ts";
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
export function tell(known: Known, say: Speech["say"]): Situation {
  const { session, welcome } = known;
  const visitor = welcome?.visitor.name ?? say("theVisitor");
  if (!known.hasSeat) return situation("no_seat", "cover", words(say, "used"), { action: "again" });
  if (session?.phase === "ended") return over(session, visitor, known, say);
  if (known.leaving === "left") return situation("left", "cover", words(say, "left", visitor), { action: "again" });
  if (known.refused !== null) {
    const action = known.refused.code === "unsupported_protocol" ? "reload" : "again";
    return situation("failed", "cover", refusedForGood(say, known.refused.code), { action });
  }
  if (known.link === "closed") return situation("failed", "cover", words(say, "closed"), { action: "reload" });
  if (welcome === null || session === null) return opening(known, say);
  if (known.link !== "open") {
    const detail = known.hindrance ?? say("reconnectingDetail");
    return situation("reconnecting", "over", { title: say("reconnectingTitle"), detail });
  }
  if (known.leaving === "ending") return situation("ending", "over", { title: say("endingTitle"), detail: "" });
  return phase(session, visitor, known, say);
}

type Named =
  | "used"
  | "closed"
  | "left"
  | "waiting"
  | "asking"
  | "tabClosed"
  | "lost"
  | "away"
  | "connecting"
  | "hidden"
  | "live";

function words(say: Speech["say"], name: Named, visitor = ""): Words {
  return { title: say(`${name}Title`, { visitor }), detail: say(`${name}Detail`, { visitor }) };
}

function opening(known: Known, say: Speech["say"]): Situation {
  if (known.slow || known.hindrance !== null) {
    const detail = known.hindrance ?? say("slowDetail");
    return situation("opening", "cover", { title: say("slowTitle"), detail });
  }
  return situation("opening", "cover", { title: say("openingTitle"), detail: "" });
}

function over(session: SessionState, visitor: string, known: Known, say: Speech["say"]): Situation {
  const reason = session.end_reason ?? "error";
  const kind =
    reason === "rejected" ? "refused" : reason === "timeout" ? "timed_out" : reason === "error" ? "failed" : "ended";
  return situation(kind, "cover", ended(say, reason, visitor, known.before, known.leaving !== "no"), {
    action: "again",
  });
}

function phase(session: SessionState, visitor: string, known: Known, say: Speech["say"]): Situation {
  switch (session.phase) {
    case "waiting": {
      const rest = { action: "cancel", untilMs: known.sinceMs + 300_000 } as const;
      return situation("waiting", "cover", words(say, "waiting", visitor), rest);
    }
    case "asking": {
      const rest = { action: "cancel", untilMs: known.sinceMs + 120_000 } as const;
      return situation("asking", "cover", words(say, "asking", visitor), rest);
    }
    case "paused":
      return known.backMs === null
        ? paused(session, visitor, known.sinceMs + PAUSE_MS, say)
        : announced(session, visitor, known.backMs, say);
    default:
      return live(session, visitor, known.hasPicture, say);
  }
}

function paused(session: SessionState, visitor: string, untilMs: number, say: Speech["say"]): Situation {
  if (session.away === "tab_closed")
    return situation("tab_closed", "over", words(say, "tabClosed", visitor), { untilMs });
  return situation("connection_lost", "over", words(say, "lost", visitor), { untilMs });
}

/** The page said that it would go; its own words come first (S9). */
function announced(session: SessionState, visitor: string, untilMs: number, say: Speech["say"]): Situation {
  const ours = words(say, "away", visitor);
  const title = session.absence?.title || ours.title;
  const detail = session.absence?.message || ours.detail;
  return situation("announced", "over", { title, detail }, { untilMs });
}

function live(session: SessionState, visitor: string, hasPicture: boolean, say: Speech["say"]): Situation {
  if (!hasPicture) return situation("connecting", "cover", words(say, "connecting", visitor));
  const shown = session.tabs.find((tab) => tab.active);
  if (shown?.visible === false) return situation("hidden", "note", words(say, "hidden", visitor));
  return situation("live", "none", words(say, "live", visitor));
}
