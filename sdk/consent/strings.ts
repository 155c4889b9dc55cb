/**
 * Our own words, where the page sets none. English is always at hand; each other language is a file in `languages/` and a bundle of
 * its own. `{who}`, `{others}` are lists of names, `{n}` is a number.
 */
import type { SessionState } from "#protocol/messages";

type EndReason = NonNullable<SessionState["end_reason"]>;

export interface Strings {
  allow: string;
  deny: string;
  ok: string;
  endSession: string;
  hide: string;
  show: string;
  /** Opens the panel that the words after it stand in (`sdk/insight`). */
  details: string;
  close: string;
  /** `{who}` is a name, `{what}` a list of `may`. */
  mayDo: string;
  may: Record<"see" | "draw" | "click" | "type" | "scroll" | "travel" | "console", string>;
  showHidden: string;
  /** On a part that is hidden from agents. */
  hidden: string;
  hiddenParts: string;
  showPicture: string;
  pictureTitle: string;
  inWindow: string;
  /** The page's policy lets no frame of ours in. */
  forbidden: string;
  /** Agents see another tab. */
  elsewhere: string;
  stopKey: string;
  stopKeyHeld: string;
  viewTitle: string;
  viewMessage: string;
  /** A sentence after `viewMessage`. */
  recorded: string;
  /** A word or two after who is there. */
  recording: string;
  controlTitle: string;
  controlMessage: string;
  consoleTitle: string;
  consoleMessage: string;
  /** `{who}` is a list of names. */
  consoleRead: string;
  /** Takes the yes back. */
  closeConsole: string;
  someone: string;
  seeing: string;
  /** `{who}` has control, `{others}` look on. */
  using: string;
  usingAlone: string;
  paused: string;
  endedTitle: string;
  ended: Record<EndReason, string>;
  codeTitle: string;
  codeMessage: string;
  codeNone: string;
  codeButton: string;
  /** Ends a list that is too long. */
  others: string;
  by: string;
}

/** A language with its words. */
export interface Words {
  /** BCP 47. */
  readonly tag: string;
  readonly strings: Strings;
}

const STRINGS: Strings = {
  allow: "Allow",
  deny: "Deny",
  ok: "OK",
  endSession: "End session",
  hide: "Make smaller",
  show: "Show who can see this page",
  details: "Who sees what",
  close: "Close",
  mayDo: "{who} may {what}",
  may: {
    see: "see this page",
    draw: "draw on it",
    click: "click",
    type: "type",
    scroll: "scroll",
    travel: "open other pages",
    console: "read its console",
  },
  showHidden: "Mark what is hidden from them",
  hidden: "Hidden",
  hiddenParts: "Hidden parts of this page: {n}",
  showPicture: "Show me what they see",
  pictureTitle: "What they see",
  inWindow: "Show it in a window of its own",
  forbidden: "This website does not allow it here.",
  elsewhere: "They see another tab of yours now.",
  stopKey: "Or hold the Esc key.",
  stopKeyHeld: "Keep holding Esc to end the session",
  viewTitle: "Let {%agentName%|someone} see this page?",
  viewMessage:
    "{%agentName%|Someone} will see what you do on {%currentDomain%|this site}, and nothing else on your device. Passwords and card numbers stay hidden.",
  recorded: "The session is recorded.",
  recording: "recorded",
  controlTitle: "Let {%agentName%|someone} click and type?",
  controlMessage:
    "{%agentName%|Someone} asks to use {%currentDomain%|this site} with you. Your own clicks and keys always come first.",
  consoleTitle: "Let {%agentName%|someone} see this page's console?",
  consoleMessage:
    "{%agentName%|Someone} will see the technical messages and errors of {%currentDomain%|this site} from now on. Passwords, card numbers and other hidden parts are taken out.",
  consoleRead: "{who} can see this page's console",
  closeConsole: "Stop that",
  someone: "Someone",
  seeing: "{who} can see this page",
  using: "{who} can use this page, {others} can see it",
  usingAlone: "{who} can see and use this page",
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
  codeNone: "No code is free right now. Please try again in a few minutes.",
  codeButton: "Code for help",
  others: "{n} others",
  by: "Co-browsing by Twinpane",
};

export const ENGLISH: Words = { tag: "en-GB", strings: STRINGS };

const NAMES_SHOWN = 3;

/** Names as a language lists them, the last ones as a number where there are many. */
export function listOf(names: readonly string[], { tag, strings }: Words): string {
  const shown = names.length > NAMES_SHOWN ? names.slice(0, NAMES_SHOWN - 1) : [...names];
  const left = names.length - shown.length;
  if (left > 0) shown.push(strings.others.replace("{n}", String(left)));
  return new Intl.ListFormat(tag).format(shown);
}
