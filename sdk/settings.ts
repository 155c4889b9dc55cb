/** The page's settings (S5, S7): defaults, and what `init` gives. */
import type { Ceiling } from "#protocol/messages";
import type { Config } from "./ports.ts";

/** With what only the loader reads. */
export interface Settings extends Config {
  apiKey: string | null;
  autoconnect: boolean;
  disconnectAfterSeconds: number;
  allowAgentRedirect: boolean;
  allowRemoteConsole: boolean;
  enableLookupCodeOnKey: boolean;
  lookupCodeKey: number;
  lookupCodeKeyRepetitions: number;
  /** An element or its selector. */
  lookupCodeElement: unknown;
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
  allowRemoteClick: true,
  allowRemoteScroll: true,
  allowRemoteType: true,
  allowAgentRedirect: true,
  allowRemoteConsole: false,
  maskedElements: [],
  unmaskedElements: [],
  maskAll: false,
  noRemoteElements: [],
  enableCanvases: true,
  cursorColor: null,
  enableLookupCodeOnKey: false,
  lookupCodeKey: 17,
  lookupCodeKeyRepetitions: 5,
  lookupCodeElement: null,
  onSessionRequest: null,
  onControlRequest: null,
  onSessionStart: null,
  onSessionContinue: null,
  onSessionEnd: null,
  onConnection: null,
};

/** Return `settings` changed by what the page gave: `undefined` leaves, `null` brings back the default. `complain` names what does not fit. */
export function change(
  settings: Settings,
  given: Readonly<Record<string, unknown>>,
  complain: (message: string) => void,
): Settings {
  const next: Record<string, unknown> = { ...settings };
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const value = given[name];
    if (value === undefined) continue;
    if (value === null || value === standard) next[name] = standard;
    else if (fits(name, value, standard)) next[name] = Array.isArray(standard) ? [value].flat() : value;
    else complain(`setting ${name} cannot be ${typeof value}`);
  }
  return next as unknown as Settings;
}

function fits(name: string, value: unknown, standard: unknown): boolean {
  if (name === "lookupCodeElement") return typeof value === "string" || typeof value === "object";
  if (Array.isArray(standard)) return [value].flat().every((entry) => typeof entry === "string");
  if (standard === null) return typeof value === (/^on[A-Z]/.test(name) ? "function" : "string");
  return typeof value === typeof standard;
}

/** The page's limits, as the server is told. */
export function ceilingOf(settings: Settings): Ceiling {
  return {
    require_authorization_for_session: settings.requireAuthorizationForSession,
    require_control_request: settings.requireControlRequest,
    allow_remote_click: settings.allowRemoteClick,
    allow_remote_scroll: settings.allowRemoteScroll,
    allow_remote_type: settings.allowRemoteType,
    allow_agent_redirect: settings.allowAgentRedirect,
    allow_remote_console: settings.allowRemoteConsole,
  };
}
