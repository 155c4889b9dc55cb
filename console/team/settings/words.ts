/** What the settings page says. */
import type { AccountSettings } from "#protocol/console";
import { count } from "../counted.ts";

type SettingName = keyof AccountSettings;
export type GroupName = "masks" | "consent" | "rights" | "code" | "look" | "connection";

export const SETTINGS_WORDS = {
  title: "Settings",
  lead: "Defaults for every page with your snippet. Of masks both yours and the page's count; of permissions the stricter.",
  readOnly: "You can look; admins can change.",
  unset: "not set",
  yes: "Yes",
  no: "No",
  otherwise: (value: string) => `Not set: ${value}`,
  snippet: "Snippet",
  snippetHint: "Put it into every page that you want to help on.",
  reset: "Discard",
  changedFields: (many: number) => count(many, "change", "changes"),
  onePerLine: "One CSS selector a line.",
  badSelector: (selector: string) => `This is no CSS selector: ${selector}`,
  domains: "Where the snippet may be",
  allowedDomains: "Allowed hosts",
  onePerLineDomain: "One host a line, such as shop.example or *.shop.example. None: any.",
  preview: "What the visitor is asked",
  maskPreview: "What agents see of it",
  maskTry: "Try it on a piece of your page",
  maskSaid: (many: number) => `Preview: ${count(many, "part is", "parts are")} hidden`,
  maskSample:
    '<form>\n  <h2>Your order</h2>\n  <p class="total">€ 48.00</p>\n  <input name="email" value="ada@example.com">\n  <input autocomplete="cc-number" value="4111 1111">\n</form>',
  card: {
    notAsked: "The visitor is not asked: agents see the page as soon as a session starts.",
    title: "Let {%agentName%|someone} see this page?",
    message: "They see what you see here, and nothing else of your device.",
    yes: "Allow",
    no: "Deny",
  },
  groups: {
    masks: [
      "Hidden from agents",
      "What is masked never leaves the visitor's browser. Passwords and card numbers are always masked.",
    ],
    consent: ["Consent", "{%agentName%|someone} and {%currentDomain%} are filled in."],
    rights: ["What agents may do at most", "Sessions can be given less, never more."],
    code: ["Lookup code", "How visitors find the four digits that they read to you."],
    look: ["In the visitor's page", ""],
    connection: ["Connection", ""],
  } as Readonly<Record<GroupName, readonly [string, string]>>,
  names: {
    maskAll: ["Mask everything", "Then only the exceptions below are seen."],
    maskedElements: ["Masked elements", "Their place is seen, their content is not."],
    unmaskedElements: ["Exceptions, where everything is masked"],
    noRemoteElements: ["Not to be controlled", "Agents see them, but cannot act on them."],
    requireAuthorizationForSession: ["Ask the visitor before agents see the page"],
    requireControlRequest: ["Ask again before agents control it"],
    authorizationPromptTitle: ["Question"],
    authorizationPromptMessage: ["Explanation"],
    translationsYes: ["Button to allow"],
    translationsNo: ["Button to deny"],
    translationsOk: ["Button to confirm"],
    translationsStopSession: ["Button to end the session"],
    endOfScreenshareMessage: ["Said after a session"],
    showTerminateButton: ["Visitors can end the session themselves"],
    allowRemoteClick: ["Click"],
    allowRemoteScroll: ["Scroll"],
    allowRemoteType: ["Type"],
    allowAgentRedirect: ["Open other addresses"],
    allowRemoteConsole: ["Use the page's console"],
    injectLookupCodeButton: ["Show a button for the code on every page"],
    enableLookupCodeOnKey: ["Show the code when a key is pressed several times"],
    lookupCodeKey: ["Which key", "By its number; 17 is Ctrl."],
    lookupCodeKeyRepetitions: ["How many times"],
    lookupCodeElement: ["Write the code into this element", "A CSS selector."],
    cursorColor: ["Colour of agents' pointers"],
    drawingsTtlMs: ["Drawings stay, in milliseconds", "0: until cleared."],
    showUpscopeLink: ["Say that Twinpane is behind it"],
    enableCanvases: ["Show canvases to agents"],
    autoconnect: ["Connect by itself when a page opens"],
    disconnectAfterSeconds: ["Disconnect idle pages after seconds", "0: never."],
  } as Readonly<Partial<Record<SettingName, readonly [string, string?]>>>,
};

export type SettingsWords = typeof SETTINGS_WORDS;
