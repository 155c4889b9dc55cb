/** What the watch page says: one table for refusals that end it, one for those that pass, one for ends. */
import type { RefusalCode, SessionState } from "#protocol/messages";

export interface Words {
  readonly title: string;
  readonly detail: string;
}

export type EndReason = NonNullable<SessionState["end_reason"]>;
export type Phase = SessionState["phase"];

const AGAIN = "Load this page again. If it stays like this, tell your administrator this code:";

/** Say why this window cannot watch, and what to do. */
export function refusedForGood(code: string): Words {
  const known: Partial<Record<RefusalCode, Words>> = {
    bad_credentials: {
      title: "This link no longer works",
      detail: "It was used before, or its session is over. Ask for a new link to watch again.",
    },
    session_over: { title: "This session is over", detail: "Ask for a new link to watch again." },
    unsupported_protocol: {
      title: "This page is out of date",
      detail: "The server was renewed while it was open. Load the page again.",
    },
    origin_not_allowed: {
      title: "This address may not watch",
      detail: "Open the watch link on the address it was made for.",
    },
    too_many_agents: { title: "This session is full", detail: "Come back when another agent has left." },
    not_allowed: { title: "You may not watch this session", detail: "Ask your administrator for the right to watch." },
  };
  return known[code as RefusalCode] ?? { title: "Something went wrong", detail: `${AGAIN} ${code}` };
}

/** Say why something just asked for did not happen. `holder` is the agent in control, when another holds it. */
export function refusedNow(code: RefusalCode, visitor: string, holder: string | null): string {
  const words: Record<RefusalCode, string> = {
    control_busy: holder
      ? `${holder} is in control. Try again when they have stopped.`
      : "Another agent was first. Try again in a moment.",
    control_refused: `${visitor} did not allow control`,
    visitor_active: `${visitor} is using the page`,
    masked: "This part is hidden from agents",
    no_remote: "Agents cannot act on this part",
    not_allowed: "Not allowed in this session",
    no_control: "Take control first",
    not_live: `${visitor}'s page is not there right now`,
    unknown_node: "The page has just changed",
    stale_page: "The page has just changed",
    not_possible: "That cannot be done here",
    no_lookup_code: "All lookup codes are in use",
    too_many_messages: "Too fast. Some of it was left out.",
    frame_too_large: "That was too large to send",
    server_restarting: "The server is restarting",
    too_many_agents: "This session is full",
    session_over: "This session is over",
    bad_message: "The server did not understand this page",
    hello_expected: "The server did not understand this page",
    unsupported_protocol: "This page is out of date. Load it again.",
    unknown_key: "The server does not know this site",
    origin_not_allowed: "This address may not watch",
    bad_credentials: "This link no longer works",
    internal: "The server could not do that. Try again.",
  };
  return words[code] ?? "That was refused";
}

/** Say why and by whom a session ended. `before` is the phase it was in. */
export function ended(reason: EndReason, visitor: string, before: Phase | null, byMe: boolean): Words {
  switch (reason) {
    case "visitor_stopped":
      return { title: `${visitor} ended the session`, detail: "Their page stays open. You no longer see it." };
    case "agent_stopped":
      return byMe
        ? { title: "You ended the session", detail: `${visitor}'s page stays open. You no longer see it.` }
        : { title: "The session was ended on your side", detail: "Another agent or your own system ended it." };
    case "timeout":
      return timedOut(visitor, before);
    case "rejected":
      return { title: `${visitor} did not allow viewing`, detail: "You have seen nothing of their page." };
    case "erased":
      return {
        title: `${visitor}'s data was erased`,
        detail: "The session was erased with everything else about them.",
      };
    case "error":
      return {
        title: "The session broke off",
        detail: "Something failed on the server. Ask for a new link to watch again.",
      };
  }
}

function timedOut(visitor: string, before: Phase | null): Words {
  switch (before) {
    case "waiting":
      return { title: `${visitor} did not open the page`, detail: "This page waited for 5 minutes." };
    case "asking":
      return { title: `${visitor} did not answer`, detail: "They were asked for 2 minutes whether you may watch." };
    case "paused":
      return { title: `${visitor} did not come back`, detail: "Their page was gone for more than 60 seconds." };
    case "live":
      return { title: "The session was closed", detail: "You did nothing in it for 10 minutes." };
    default:
      return { title: "The session was closed", detail: "It had waited too long." };
  }
}
