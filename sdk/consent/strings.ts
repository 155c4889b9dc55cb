/** Our own words, where the page sets none. One object a language; English is the only one so far. */
import type { SessionState } from "#protocol/messages";

type EndReason = NonNullable<SessionState["end_reason"]>;

export interface Strings {
  allow: string;
  deny: string;
  ok: string;
  endSession: string;
  hide: string;
  show: string;
  viewTitle: string;
  viewMessage: string;
  controlTitle: string;
  controlMessage: string;
  someone: string;
  seeing(names: string): string;
  /** One agent has control; `others` may be empty. */
  using(name: string, others: string): string;
  paused: string;
  endedTitle: string;
  ended: Record<EndReason, string>;
  codeTitle: string;
  codeMessage: string;
  list(names: readonly string[]): string;
}

export const ENGLISH: Strings = {
  allow: "Allow",
  deny: "Deny",
  ok: "OK",
  endSession: "End session",
  hide: "Make smaller",
  show: "Show who can see this page",
  viewTitle: "Let {%agentName%|someone} see this page?",
  viewMessage:
    "{%agentName%|Someone} will see what you do on {%currentDomain%|this site}, and nothing else on your device. Passwords and card numbers stay hidden.",
  controlTitle: "Let {%agentName%|someone} click and type?",
  controlMessage:
    "{%agentName%|Someone} asks to use {%currentDomain%|this site} with you. Your own clicks and keys always come first.",
  someone: "Someone",
  seeing: (names) => `${names} can see this page`,
  using: (name, others) =>
    others ? `${name} can use this page, ${others} can see it` : `${name} can see and use this page`,
  paused: "Nobody is watching right now",
  endedTitle: "Session ended",
  ended: {
    visitor_stopped: "You ended the session. Nobody can see this page now.",
    agent_stopped: "The session was ended by the person helping you. Nobody can see this page now.",
    timeout: "The session ended because nothing happened for a while. Nobody can see this page now.",
    rejected: "You declined. Nobody can see this page.",
    error: "The session ended because of a technical problem. Nobody can see this page now.",
    erased: "The session has ended and its data was erased. Nobody can see this page now.",
  },
  codeTitle: "Your code",
  codeMessage: "Tell it to the person who helps you. It works for up to one hour.",
  list: (names) => {
    const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
    return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
  },
};
