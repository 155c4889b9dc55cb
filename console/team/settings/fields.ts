/** What can be set for a team's pages, by groups: data for the form. Names are those of `init`'s options (S5). */
import type { AccountSettings } from "#protocol/console";
import type { GroupName } from "./words.ts";

export type SettingName = keyof AccountSettings;
export type Kind = "flag" | "text" | "long" | "lines" | "number" | "color";

export interface SettingField {
  readonly name: SettingName;
  readonly kind: Kind;
  /** What holds when neither the team nor the page sets it. */
  readonly otherwise?: boolean | number | string;
}

export interface SettingGroup {
  readonly key: GroupName;
  readonly fields: readonly SettingField[];
}

const flag = (name: SettingName, otherwise: boolean): SettingField => ({ name, kind: "flag", otherwise });

export const GROUPS: readonly SettingGroup[] = [
  {
    key: "masks",
    fields: [
      flag("maskAll", false),
      { name: "maskedElements", kind: "lines" },
      { name: "unmaskedElements", kind: "lines" },
      { name: "noRemoteElements", kind: "lines" },
    ],
  },
  {
    key: "consent",
    fields: [
      flag("requireAuthorizationForSession", true),
      flag("requireControlRequest", false),
      flag("recordSessions", false),
      { name: "authorizationPromptTitle", kind: "text" },
      { name: "authorizationPromptMessage", kind: "long" },
      { name: "translationsYes", kind: "text" },
      { name: "translationsNo", kind: "text" },
      { name: "translationsOk", kind: "text" },
      { name: "translationsStopSession", kind: "text" },
      { name: "endOfScreenshareMessage", kind: "long" },
      flag("showTerminateButton", true),
    ],
  },
  {
    key: "rights",
    fields: [
      flag("allowRemoteClick", true),
      flag("allowRemoteScroll", true),
      flag("allowRemoteType", true),
      flag("allowAgentRedirect", true),
      flag("allowRemoteConsole", false),
    ],
  },
  {
    key: "code",
    fields: [
      flag("injectLookupCodeButton", false),
      flag("enableLookupCodeOnKey", false),
      { name: "lookupCodeKey", kind: "number", otherwise: 17 },
      { name: "lookupCodeKeyRepetitions", kind: "number", otherwise: 5 },
      { name: "lookupCodeElement", kind: "text" },
    ],
  },
  {
    key: "look",
    fields: [
      { name: "cursorColor", kind: "color" },
      { name: "drawingsTtlMs", kind: "number", otherwise: 6000 },
      flag("showUpscopeLink", true),
      flag("enableCanvases", true),
    ],
  },
  {
    key: "connection",
    fields: [flag("autoconnect", true), { name: "disconnectAfterSeconds", kind: "number", otherwise: 900 }],
  },
];

export type Draft = Readonly<Partial<Record<SettingName, unknown>>>;

/** What differs from what is kept; null takes a setting back. */
export function changesOf(kept: Draft, draft: Draft): Record<string, unknown> {
  const names = new Set([...Object.keys(kept), ...Object.keys(draft)]) as Set<SettingName>;
  const changed = [...names].filter((name) => JSON.stringify(kept[name]) !== JSON.stringify(draft[name]));
  return Object.fromEntries(changed.map((name) => [name, draft[name] ?? null]));
}

/** Lines of a text area as a list, without blanks; undefined when there are none. */
export function linesOf(text: string): string[] | undefined {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.length > 0 ? lines : undefined;
}

/** The first line that is no CSS selector; null if all are. */
export function badSelector(lines: readonly string[] | undefined): string | null {
  return lines?.find((line) => !CSS.supports(`selector(${line})`)) ?? null;
}
