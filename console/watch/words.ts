/** What the watch page says of refusals and ends: which words belong to which code. */
import type { RefusalCode, SessionState } from "#protocol/messages";
import type { Strings } from "./languages/en.ts";
import type { Speech } from "./speech.ts";

export interface Words {
  readonly title: string;
  readonly detail: string;
}

export type EndReason = NonNullable<SessionState["end_reason"]>;
export type Phase = SessionState["phase"];
type Say = Speech["say"];

/** Keys of words that come as a title with a detail, without those endings. */
type Pair = { [K in keyof Strings]: K extends `${infer Name}Title` ? Name : never }[keyof Strings];

function pair(say: Say, name: Pair, values?: Readonly<Record<string, string>>): Words {
  const detail = `${name}Detail` as keyof Strings;
  return { title: say(`${name}Title`, values), detail: say(detail, values) };
}

const FOR_GOOD: Partial<Record<RefusalCode, Pair>> = {
  bad_credentials: "badLink",
  session_over: "over",
  unsupported_protocol: "outOfDate",
  origin_not_allowed: "wrongAddress",
  too_many_agents: "full",
  not_allowed: "mayNot",
};

/** Say why this window cannot watch, and what to do. */
export function refusedForGood(say: Say, code: string): Words {
  return pair(say, FOR_GOOD[code as RefusalCode] ?? "wentWrong", { code });
}

const FOR_NOW: Record<RefusalCode, keyof Strings> = {
  control_busy: "controlBusy",
  control_refused: "controlRefused",
  console_refused: "consoleRefused",
  visitor_active: "visitorActive",
  masked: "masked",
  no_remote: "noRemote",
  not_allowed: "notAllowed",
  no_control: "noControl",
  not_live: "notLive",
  unknown_node: "pageChanged",
  stale_page: "pageChanged",
  not_possible: "notPossible",
  only_visitor: "onlyVisitor",
  no_lookup_code: "noLookupCode",
  too_many_messages: "tooFast",
  frame_too_large: "tooLarge",
  server_restarting: "restarting",
  too_many_agents: "fullTitle",
  session_over: "overTitle",
  bad_message: "notUnderstood",
  hello_expected: "notUnderstood",
  unsupported_protocol: "outOfDateTitle",
  unknown_key: "unknownSite",
  origin_not_allowed: "wrongAddressTitle",
  bad_credentials: "badLinkTitle",
  internal: "serverFailed",
};

/** Say why something just asked for did not happen. `holder` is the agent in control, when another holds it. */
export function refusedNow(say: Say, code: RefusalCode, visitor: string, holder: string | null): string {
  if (code === "control_busy" && !holder) return say("controlBusyOther");
  return say(FOR_NOW[code] ?? "refused", { visitor, holder: holder ?? "" });
}

/** Say why and by whom a session ended. `before` is the phase it was in. */
export function ended(say: Say, reason: EndReason, visitor: string, before: Phase | null, byMe: boolean): Words {
  switch (reason) {
    case "visitor_stopped":
      return pair(say, "endedByVisitor", { visitor });
    case "agent_stopped":
      return pair(say, byMe ? "endedByMe" : "endedByOthers", { visitor });
    case "timeout":
      return timedOut(say, visitor, before);
    case "rejected":
      return pair(say, "rejected", { visitor });
    case "erased":
      return pair(say, "erased", { visitor });
    case "error":
      return pair(say, "brokeOff");
  }
}

function timedOut(say: Say, visitor: string, before: Phase | null): Words {
  switch (before) {
    case "waiting":
      return pair(say, "notOpened", { visitor });
    case "asking":
      return pair(say, "notAnswered", { visitor });
    case "paused":
      return pair(say, "notBack", { visitor });
    default:
      return { title: say("timedOutTitle"), detail: say(before === "live" ? "timedOutIdle" : "timedOutLong") };
  }
}
