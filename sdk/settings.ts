/** The page's settings (S5, S7): defaults, and what `init` gives. */
import type { Ceiling } from "#protocol/messages";
import type { CardsConfig, Config } from "./ports.ts";
import type { Kept } from "./storage.ts";

/** With what only the loader reads. */
export interface Settings extends Config, CardsConfig {
  apiKey: string | null;
  requireAuthorizationForSession: boolean;
  autoconnect: boolean;
  disconnectAfterSeconds: number;
  allowRemoteConsole: boolean;
  enableLookupCodeOnKey: boolean;
  lookupCodeKey: number;
  lookupCodeKeyRepetitions: number;
  /** An element or its selector. */
  lookupCodeElement: unknown;
  injectLookupCodeButton: boolean;
  language: string | null;
  storageImplementation: Kept | null;
  onSessionStart: (() => void) | null;
  onSessionContinue: (() => void) | null;
  onSessionEnd: ((reason: string | null) => void) | null;
  onConnection: ((shortId: string) => void) | null;
}

export const DEFAULTS: Settings = {
  apiKey: null,
  autoconnect: true,
  disconnectAfterSeconds: 900,
  requireAuthorizationForSession: true,
  requireControlRequest: false,
  authorizationPromptTitle: null,
  authorizationPromptMessage: null,
  endOfScreenshareMessage: null,
  translationsYes: null,
  translationsNo: null,
  translationsOk: null,
  translationsStopSession: null,
  showTerminateButton: true,
  showUpscopeLink: true,
  allowRemoteClick: true,
  allowRemoteScroll: true,
  allowRemoteType: true,
  allowAgentRedirect: true,
  allowRemoteConsole: false,
  maskedElements: [],
  unmaskedElements: [],
  maskAll: false,
  maskedParameters: [],
  parentOrigins: [],
  noRemoteElements: [],
  enableCanvases: true,
  drawingsTtlMs: 6000,
  cursorColor: null,
  proxyAssets: [],
  enableLookupCodeOnKey: false,
  lookupCodeKey: 17,
  lookupCodeKeyRepetitions: 5,
  lookupCodeElement: null,
  injectLookupCodeButton: false,
  language: null,
  storageImplementation: null,
  onSessionRequest: null,
  onControlRequest: null,
  onSessionStart: null,
  onSessionContinue: null,
  onSessionEnd: null,
  onConnection: null,
};

type Given = Readonly<Record<string, unknown>>;

/** Return what the page set, changed by what it gives now: `undefined` leaves, `null` takes back. `complain` names what does not fit. */
export function change(own: Given, given: Given, complain: (message: string) => void): Given {
  const next = { ...own };
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const value = given[name];
    if (value === null) delete next[name];
    else if (value !== undefined) {
      if (fits(name, value, standard)) next[name] = Array.isArray(standard) ? [value].flat() : value;
      else complain(`${name} cannot be ${typeof value}`);
    }
  }
  return next;
}

/** Put the page's own over the account's: of limits the stricter counts, masks and zones add up (S5). */
export function settle(account: Given, own: Given): Settings {
  const settings: Record<string, unknown> = {};
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const theirs = account[name];
    const value = own[name] ?? theirs ?? standard;
    settings[name] = /^(require|maskAll)/.test(name)
      ? theirs === true || value
      : /^allow/.test(name)
        ? theirs !== false && value
        : /^(masked|noRemote)/.test(name)
          ? [...((theirs as []) ?? []), ...((own[name] as []) ?? [])]
          : value;
  }
  return settings as unknown as Settings;
}

function fits(name: string, value: unknown, standard: unknown): boolean {
  if (/Element$|Impl/.test(name)) return /object|string/.test(typeof value);
  if (Array.isArray(standard)) return [value].flat().every((entry) => typeof entry === "string");
  if (standard === null) return typeof value === (/^on[A-Z]/.test(name) ? "function" : "string");
  return typeof value === typeof standard;
}

/** The page's limits, as the server is told: there their names are `snake_case`. */
export function ceilingOf(settings: Settings): Ceiling {
  const limits = Object.entries(settings).filter(([name]) => /^(require|allow)/.test(name));
  const spelled = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(limits.map(([name, value]) => [spelled(name), value])) as unknown as Ceiling;
}
