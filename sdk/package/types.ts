/**
 * The public surface of the SDK, as pages see it. `docs/sdk.md` is generated from this file: each member's comment is its entry.
 */

/** What may be told of the visitor. `undefined` leaves a value, `null` clears it; values survive page loads and sessions. */
export interface Identity {
  /** The visitor in your own terms: at most 500 characters. Agents and the REST API find them by it (`id:…`). */
  uniqueId?: string | null | undefined;
  /** Names or addresses; the first is shown to agents. At most 50. */
  identities?: readonly string[] | string | null | undefined;
  /** Tags for searching (`#vip`). At most 50. */
  tags?: readonly string[] | string | null | undefined;
  /** `system:id`, added to those told before; `["system:"]` clears that system. */
  integrationIds?: readonly string[] | string | null | undefined;
  /** Flat; merged with what was told before, a name set to `null` is cleared. */
  metadata?: Readonly<Record<string, string | number | boolean | null | undefined>> | null | undefined;
  /** What agents should know: shown to them in the watch page. */
  agentPrompt?: string | null | undefined;
  /** What agents should call the visitor; shown where there are no identities. */
  callName?: string | null | undefined;
}

/** Where the SDK keeps what it knows of the visitor; as `localStorage`. Give one to share it among pages in your own way. */
export interface StorageImplementation {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Answer a request: `true` allows it. */
export type Answer = (allow: boolean) => void;

/** The options of `init`. Each can be left out; `null` brings back the default, which the account's settings may have changed. */
export interface Options extends Identity {
  /** The team's public key, where it is not in the script's address. */
  apiKey?: string | null | undefined;
  /** Connect at once; else at `connect()`. Default `true`. */
  autoconnect?: boolean | null | undefined;
  /** Seconds without a session and without a sign of the visitor, after which the page disconnects; it is back at focus, pointer or key. 0 is never. Default 900. */
  disconnectAfterSeconds?: number | null | undefined;
  /** Ask the visitor before an agent sees the page. Default `true`. */
  requireAuthorizationForSession?: boolean | null | undefined;
  /** Ask the visitor before an agent clicks or types. Default `false`. */
  requireControlRequest?: boolean | null | undefined;
  /** Title of the card that asks for viewing. Takes `{%agentName%|fallback}`, `{%currentDomain%}` and `{%lookupCode%}`, as all texts do. */
  authorizationPromptTitle?: string | null | undefined;
  /** Text of the card that asks for viewing. */
  authorizationPromptMessage?: string | null | undefined;
  /** Text shown when a session has ended. */
  endOfScreenshareMessage?: string | null | undefined;
  /** Word on the button that allows. */
  translationsYes?: string | null | undefined;
  /** Word on the button that declines. */
  translationsNo?: string | null | undefined;
  /** Word on the button that closes a message. */
  translationsOk?: string | null | undefined;
  /** Words on the button that ends the session. */
  translationsStopSession?: string | null | undefined;
  /** Language of our own words (BCP 47). Default: the page's `lang`, else the browser's, else English. */
  language?: string | null | undefined;
  /** Show the button that ends the session. Default `true`. */
  showTerminateButton?: boolean | null | undefined;
  /** Show by whom co-browsing is, on the cards. Default `true`. */
  showUpscopeLink?: boolean | null | undefined;
  /** Let agents click. Default `true`. */
  allowRemoteClick?: boolean | null | undefined;
  /** Let agents scroll. Default `true`. */
  allowRemoteScroll?: boolean | null | undefined;
  /** Let agents type. Default `true`. */
  allowRemoteType?: boolean | null | undefined;
  /** Let agents open other pages. Default `true`. */
  allowAgentRedirect?: boolean | null | undefined;
  /** Let agents ask the visitor whether they may read this page's console. Default `false`. */
  allowRemoteConsole?: boolean | null | undefined;
  /** Selectors of elements that never leave the page; adds to those of the account. Default `[]`. */
  maskedElements?: readonly string[] | string | null | undefined;
  /** Selectors of what may be seen nevertheless: with `maskAll`. Default `[]`. */
  unmaskedElements?: readonly string[] | string | null | undefined;
  /** Mask the whole page but `unmaskedElements`. Default `false`. */
  maskAll?: boolean | null | undefined;
  /** Names of query parameters whose values never leave the page: in its address, its links, its title. `*` stands for any characters. Adds to those of the account. Default `[]`. */
  maskedParameters?: readonly string[] | string | null | undefined;
  /** Selectors of elements that agents cannot click or type in; adds to those of the account. Default `[]`. */
  noRemoteElements?: readonly string[] | string | null | undefined;
  /** Origins of pages that may show this one, where it is a frame in them. Default `[]`. */
  parentOrigins?: readonly string[] | string | null | undefined;
  /** Show canvases. Default `true`. */
  enableCanvases?: boolean | null | undefined;
  /** Milliseconds after which agents' drawings fade; 0 keeps them. Default 6000. */
  drawingsTtlMs?: number | null | undefined;
  /** CSS colour of all agents' cursors, as `#rrggbb`; else each has its own. */
  cursorColor?: string | null | undefined;
  /** Addresses of images, fonts and style sheets that agents get as this page has them: globs, as `https://shop.example/my/*` or `*.svg`; `*` is any characters. For what our server would get otherwise than the visitor: behind a log-in, or made for them. What is not listed our server fetches where it can, else asks the page; what is listed it fetches only where the page cannot supply it. */
  proxyAssets?: readonly string[] | string | null | undefined;
  /** Where the SDK keeps what it knows of the visitor. Default: `localStorage`; where that is blocked, as long as the tab or the page lives. Give it in the first `init` of each page. */
  storageImplementation?: StorageImplementation | null | undefined;
  /** Show the lookup code when a key is pressed several times. Default `false`. */
  enableLookupCodeOnKey?: boolean | null | undefined;
  /** `keyCode` of that key. Default 17: Control. */
  lookupCodeKey?: number | null | undefined;
  /** How many times. Default 5. */
  lookupCodeKeyRepetitions?: number | null | undefined;
  /** Show a button that shows the lookup code. Default `false`. */
  injectLookupCodeButton?: boolean | null | undefined;
  /** An element, or its selector, whose text is to be the lookup code. */
  lookupCodeElement?: Element | string | null | undefined;
  /** Ask for viewing in your own way, instead of our card. */
  onSessionRequest?: ((answer: Answer, agentName: string) => void) | null | undefined;
  /** Ask for control in your own way, instead of our card. */
  onControlRequest?: ((answer: Answer, agentName: string) => void) | null | undefined;
  /** As event `sessionStart`. */
  onSessionStart?: (() => void) | null | undefined;
  /** As event `sessionContinue`. */
  onSessionContinue?: (() => void) | null | undefined;
  /** As event `sessionEnd`. */
  onSessionEnd?: ((reason: EndReason | null) => void) | null | undefined;
  /** As event `connection`. */
  onConnection?: ((shortId: string) => void) | null | undefined;
}

/** How a session ended; null where it ended while the page was away. */
export type EndReason = "visitor_stopped" | "agent_stopped" | "timeout" | "rejected" | "error" | "erased";

/** What became of the wish for an agent. `accepted`: an agent started a session. */
export type AgentRequestStatus = "requested" | "accepted" | "cancelled";

/** An agent who watches, with their window in CSS pixels; a size is absent until the agent's window told it. */
export interface Observer {
  name: string;
  screenWidth?: number;
  screenHeight?: number;
  windowWidth?: number;
  windowHeight?: number;
  hasFocus?: boolean;
}

/** The events of `on`, and what listeners are given. */
export interface Events {
  /** The page is connected, as the visitor with this short ID. */
  connection: (shortId: string) => void;
  /** The visitor was forgotten (`reset`). */
  connectionReset: () => void;
  /** An agent wants to see the page. */
  sessionRequest: (agentName: string) => void;
  /** A session began on this page. */
  sessionStart: () => void;
  /** A session goes on, on a page that connected anew. */
  sessionContinue: () => void;
  /** The session is over. */
  sessionEnd: (reason: EndReason | null) => void;
  /** An agent sees the page now. */
  newObserver: (id: string, data: Observer) => void;
  /** Something about an agent changed: only what changed is given. */
  observerUpdate: (id: string, partial: Partial<Observer>) => void;
  /** An agent has gone. */
  observerGone: (id: string) => void;
  /** The page is shown in that agent's window. */
  observerContentVisible: (id: string) => void;
  /** How many agents see the page. */
  observersCount: (count: number) => void;
  /** An agent's window said something (`customMessage` of the watch page). */
  customMessage: (message: unknown, observerId: string) => void;
  /** Calls are not available: never told. */
  callStart: () => void;
  /** Calls are not available: never told. */
  callAccepted: () => void;
  /** Calls are not available: never told. */
  callEnd: () => void;
  /** What became of `requestAgent`, in all tabs of the visitor. */
  agentRequestUpdate: (status: AgentRequestStatus) => void;
  /** Something went wrong; also on the console. Nothing is ever thrown into the page. */
  error: (code: string, message: string) => void;
}

/** The functions: `Upscope(name, …arguments)`. Those that give something return a promise, and call back too where they are given a function. */
export interface Functions {
  /** Take options, and what they tell of the visitor; connect unless `autoconnect` is off. Can be called again. */
  init(options?: Options): void;
  /** Connect, where `autoconnect` is off. */
  connect(): void;
  /** Tell who the visitor is. */
  updateConnection(identity: Identity): void;
  /** Forget the visitor, end the session; connect as a new one unless `reopen` is false. */
  reset(reopen?: boolean): void;
  /** Listen to one or more events; returns the way to stop. */
  on<Name extends keyof Events>(event: Name, listener: Events[Name]): () => void;
  on(...args: [...events: (keyof Events)[], listener: (...args: never[]) => void]): () => void;
  /** End the session. */
  stopSession(): void;
  /** The visitor's short ID. */
  getShortId(done?: (shortId: string) => void): Promise<string>;
  /** A lookup code that holds now: four digits. Empty when all are in use, which event `error` tells too (`no_lookup_code`). */
  getLookupCode(done?: (code: string) => void): Promise<string>;
  /** A fresh lookup code; the one before no longer holds. */
  newLookupCode(done?: (code: string) => void): Promise<string>;
  /** The address by which an agent who is logged in watches this visitor. */
  getWatchLink(done?: (url: string) => void): Promise<string>;
  /** The id of this connection. */
  getConnectionId(done?: (id: string) => void): Promise<string>;
  /** A link by which the named agent can watch without a log-in. Holds for an hour; the visitor is asked as always. */
  getPublicLink(agent: { agentId: string; agentName: string }, done?: (url: string) => void): Promise<string>;
  /** Send the agents anything that JSON holds, up to 5,000 characters. */
  customMessage(message: unknown): void;
  /** The same as `customMessage`. */
  sendCustomMessage(message: unknown): void;
  /** Tell the agents that the visitor will be away, at another site for example, why and for how long (at most an hour). */
  expectDisconnect(absence: {
    returnTimeSeconds: number;
    message?: string | null | undefined;
    title?: string | null | undefined;
  }): void;
  /** Not available: says so by event `error` (`full_tab_unavailable`). */
  fullTabStart(): void;
  /** Not available: says so by event `error` (`full_tab_unavailable`). */
  fullTabEnd(): void;
  /** Say that the visitor waits for an agent. */
  requestAgent(): void;
  /** Say that the visitor no longer waits. */
  cancelRequestAgent(): void;
  /** The same as `cancelRequestAgent`. */
  cancelAgentRequest(): void;
  /** The page shows something else at a new address. Seen by itself on changes of history; call it to have it told at once. */
  newPageview(): void;
  /** Fetch now what a session will need, so that it begins sooner. */
  prefetchAssets(): void;
  /** Have the server keep what the visitor looks at: this page, and each after it while the tab lives. */
  saveHistory(): void;
  /** Write what the SDK does to the console, on this and later pages of the tab. */
  startDebug(): void;
  /** No longer do so. */
  stopDebug(): void;
}

/** The function `Upscope`, which is also `window.Twinpane`. Never throws; wrong use is told as event `error`. */
export interface Upscope {
  <Name extends keyof Events>(name: "on", event: Name, listener: Events[Name]): () => void;
  <Name extends keyof Functions>(name: Name, ...args: Parameters<Functions[Name]>): ReturnType<Functions[Name]>;
}
