/** The visitor's side of a connection: says who and where they are, follows the session, fetches the core when one begins. */
import type { Link } from "#link/ports";
import { openLink } from "#link/socket";
import {
  type FromVisitor,
  PROTOCOL_VERSIONS,
  type SessionState,
  type ToVisitor,
  type Welcome,
} from "#protocol/messages";
import { wellFormed } from "./clip.ts";
import { CoreLoader } from "./core_loader.ts";
import { Events } from "./events.ts";
import { asMessage } from "./identity.ts";
import { watchIdle } from "./idle.ts";
import { watchLookup, writeCode } from "./lookup.ts";
import { readPage, watchPage } from "./page.ts";
import type { CoreHost } from "./ports.ts";
import { proxiedOf } from "./proxied.ts";
import { eventsBetween, isLive } from "./session.ts";
import { ceilingOf, change, DEFAULTS, type Settings } from "./settings.ts";
import { memoryStorage, openStorage } from "./storage.ts";
import { type TabId, takeTabId } from "./tab.ts";
import { Visitor } from "./visitor.ts";

const LIMIT_FRAME_BYTES = 8 * 1024 * 1024;
const LIMIT_CUSTOM_MESSAGE_CHARACTERS = 5000;

/** Where the server is, and the team's public key as far as the script's address tells it. */
export interface Site {
  /** Ends with `/`. */
  readonly base: string;
  readonly key: string | null;
}

export class Client {
  readonly events = new Events();
  readonly #page: Window;
  readonly #site: Site;
  readonly #tab: TabId;
  readonly #visitor: Visitor;
  readonly #core: CoreLoader;
  #settings: Settings = DEFAULTS;
  #link: Link<FromVisitor> | null = null;
  #welcome: Welcome | null = null;
  #session: SessionState | null = null;
  #lookupCode: string | null = null;
  /** The visitor has ended the session, and the server may not know yet. */
  #stopping = false;
  /** The page wants to be connected: come back after a rest and from the back/forward cache. */
  #wanted = false;
  /** As JSON: what the server knows. */
  #told = { page: "", identity: "" };
  readonly #waitingForWelcome: ((welcome: Welcome) => void)[] = [];
  readonly #waitingForCode: ((code: string) => void)[] = [];

  constructor(page: Window, site: Site) {
    this.#page = page;
    this.#site = site;
    this.#tab = takeTabId(page);
    const proxied = proxiedOf(page);
    // On a proxied page the proxy knows who the visitor is, on every site; nothing is left in a site's storage.
    this.#visitor = new Visitor(proxied ? memoryStorage() : openStorage(page, `twinpane.${site.key ?? ""}.`));
    if (proxied) this.#visitor.credentials = proxied.visitor;
    this.#core = new CoreLoader(this.#host(), (message) => this.events.fail("core_unavailable", message));
    this.#watch();
  }

  // ---- what the page asks for --------------------------------------------------------------------

  /** Take settings, and what they tell of the visitor; connect unless `autoconnect` is off. */
  init(given: Readonly<Record<string, unknown>>): void {
    this.#settings = change(this.#settings, given, (message) => this.events.fail("bad_setting", message));
    this.updateConnection(given);
    if (this.#settings.autoconnect) this.connect();
  }

  connect(): void {
    const key = this.#settings.apiKey ?? this.#site.key;
    if (!key) throw new Error("no public key: load https://HOST/PUBLIC_KEY.js, or give apiKey to init");
    this.#wanted = true;
    this.#link ??= openLink<FromVisitor, ToVisitor>({
      url: new URL("ws", this.#site.base).href.replace(/^http/, "ws"),
      hello: (resume, received) => this.#hello(key, resume, received),
      onMessage: (message) => this.#read(message),
      onWelcome: (welcome) => this.#welcomed(welcome as Welcome),
      onStatus: (status) => {
        if (status === "closed") this.#link = null;
      },
      onOverflow: () => this.#startOver("overflow"),
      onRefused: (code, message) => {
        this.#wanted = false;
        this.events.fail(code, message);
      },
    });
  }

  updateConnection(given: Readonly<Record<string, unknown>>): void {
    this.#visitor.update(given);
    this.#tellNews();
  }

  /** Become a new visitor; nothing of the old one is kept in this browser. */
  reset(reopen: boolean): void {
    this.stopSession();
    this.#disconnect();
    this.#sessionIs(null, false);
    this.#core.stop();
    this.#visitor.forget();
    this.#lookupCode = null;
    this.events.emit("connectionReset");
    if (reopen) this.connect();
  }

  stopSession(): void {
    if (!this.#session) return;
    this.#stopping = true;
    // Nothing more leaves the page, even when the server cannot be told now.
    this.#core.use((core) => core.capture(null));
    this.#link?.send({ type: "stopped" });
  }

  /** Send the agents a message. Throws RangeError when it is too long, or nothing that JSON can hold. */
  customMessage(message: unknown): void {
    const text = JSON.stringify(message, (_, value) => (typeof value === "string" ? wellFormed(value) : value));
    if (!text || text.length > LIMIT_CUSTOM_MESSAGE_CHARACTERS) {
      throw new RangeError(`a custom message is JSON of up to ${LIMIT_CUSTOM_MESSAGE_CHARACTERS} characters`);
    }
    this.#link?.send({ type: "custom_message_sent", message: JSON.parse(text) });
  }

  /** Resolve with the welcome of this connection, once there is one. */
  whenWelcomed(): Promise<Welcome> {
    const welcome = this.#welcome;
    return new Promise((resolve) => (welcome ? resolve(welcome) : this.#waitingForWelcome.push(resolve)));
  }

  /** Resolve with a code that holds now; a fresh one with `renew` (S6). */
  lookupCode(renew: boolean): Promise<string> {
    if (this.#isOpen) this.#askForCode(renew);
    return new Promise((resolve) => this.#waitingForCode.push(resolve));
  }

  // ---- the connection ----------------------------------------------------------------------------

  get #isOpen(): boolean {
    return this.#link?.status === "open";
  }

  #hello(key: string, resume: string | null, received: number): FromVisitor {
    const page = readPage(this.#page);
    const identity = asMessage(this.#visitor.told);
    // A link that is taken up again may not read the hello; what it has missed is told after the welcome.
    if (resume === null) this.#told = { page: JSON.stringify(page), identity: JSON.stringify(identity) };
    return {
      type: "hello",
      protocols: [...PROTOCOL_VERSIONS],
      key,
      tab: this.#tab.id,
      page,
      visitor: this.#visitor.credentials,
      identity,
      ceiling: ceilingOf(this.#settings),
      resume,
      received,
    };
  }

  #welcomed(welcome: Welcome): void {
    this.#welcome = welcome;
    this.#visitor.credentials = welcome.visitor;
    // A link taken up again brings what was missed, message by message.
    if (!welcome.resumed) this.#begin(welcome);
    this.#tellNews();
    if (this.#waitingForCode.length > 0) this.#askForCode(false);
    for (const resolve of this.#waitingForWelcome.splice(0)) resolve(welcome);
  }

  #begin(welcome: Welcome): void {
    this.#core.use((core) => core.capture(null));
    this.#sessionIs(welcome.session, true);
    if (this.#stopping) this.stopSession();
    if (welcome.lookup_code) this.#codeIs(welcome.lookup_code);
    else if (this.#settings.lookupCodeElement) this.#askForCode(false);
    this.events.emit("connection", welcome.visitor.short_id);
  }

  #read(message: ToVisitor): void {
    switch (message.type) {
      case "session_changed":
        this.#sessionIs(message.session, false);
        return;
      case "capture":
        if (this.#stopping) return;
        if (message.epoch !== null) this.#loadCore();
        this.#core.use((core) => core.capture(message.epoch));
        return;
      case "wish_made":
        this.#core.use((core) => core.wish(message));
        return;
      case "asset_wanted":
        this.#core.use((core) => core.assetWanted(message.url));
        return;
      case "lookup_code":
        this.#codeIs(message.code);
        for (const resolve of this.#waitingForCode.splice(0)) resolve(message.code);
        return;
      case "custom_message_received":
        this.events.emit("customMessage", message.message, message.agent);
        return;
      case "error":
        this.events.fail(message.code, message.message);
        if (message.advice === "resync") this.#startOver(message.code);
    }
  }

  /** The epoch cannot go on: stop it and ask for a new one. */
  #startOver(reason: string): void {
    this.#core.use((core) => core.capture(null));
    this.#link?.send({ type: "snapshot_needed", reason });
  }

  #disconnect(): void {
    this.#link?.close();
    this.#link = this.#welcome = null;
  }

  /** Tell where the tab is and who the visitor is, where the server does not know it yet. */
  #tellNews(): void {
    if (!this.#isOpen) return;
    const page = readPage(this.#page);
    const identity = asMessage(this.#visitor.told);
    const told = { page: JSON.stringify(page), identity: JSON.stringify(identity) };
    if (told.page !== this.#told.page) this.#link?.send({ type: "page_changed", page });
    if (identity && told.identity !== this.#told.identity) this.#link?.send({ type: "identified", identity });
    this.#told = told;
  }

  // ---- the session -------------------------------------------------------------------------------

  #sessionIs(session: SessionState | null, found: boolean): void {
    const before = this.#session;
    this.#session = session?.phase === "ended" ? null : session;
    if (!this.#session) this.#stopping = false;
    this.#link?.setActive(isLive(session));
    if (this.#session && this.#session.phase !== "waiting") this.#loadCore();
    // A session that ended while we were away has no last state: make one of the last that was seen.
    const state = session ?? (before && { ...before, phase: "ended" as const, asking: null });
    if (state) this.#core.use((core) => core.sessionChanged(state));
    for (const [name, ...args] of eventsBetween(before, session, found)) this.events.emit(name, ...args);
  }

  #loadCore(): void {
    if (this.#welcome) this.#core.load(new URL(this.#welcome.core, this.#site.base).href);
  }

  #host(): CoreHost {
    const client = this;
    return {
      tab: this.#tab.id,
      get config() {
        return client.#settings;
      },
      get lookupCode() {
        return client.#lookupCode;
      },
      get unacknowledgedBytes() {
        return client.#link?.unacknowledgedBytes ?? 0;
      },
      send(message) {
        if (message.type === "stopped") client.stopSession();
        else client.#link?.send(message);
      },
      sendFrame(frame) {
        // The server would refuse a larger one (W5); whoever waits for it gives up by itself.
        if (frame.length <= LIMIT_FRAME_BYTES) client.#link?.sendFrame(frame);
      },
    };
  }

  // ---- the lookup code ---------------------------------------------------------------------------

  #askForCode(renew: boolean): void {
    this.#link?.send({ type: "lookup_code_wanted", renew });
  }

  #codeIs(code: string): void {
    this.#lookupCode = code;
    this.#writeCode();
  }

  #writeCode(): void {
    if (this.#lookupCode && this.#settings.lookupCodeElement) {
      writeCode(this.#page, this.#settings.lookupCodeElement, this.#lookupCode);
    }
  }

  async #showCode(): Promise<void> {
    this.connect();
    const code = await this.lookupCode(false);
    this.#loadCore();
    this.#core.use((core) => core.showLookupCode(code));
  }

  // ---- the page ----------------------------------------------------------------------------------

  #watch(): void {
    const page = this.#page;
    watchPage(page, () => {
      this.#tellNews();
      this.#writeCode();
    });
    watchLookup(
      page,
      () => this.#settings,
      () => void this.#showCode(),
    );
    watchIdle(page, {
      limitMs: () => this.#settings.disconnectAfterSeconds * 1000 || Number.POSITIVE_INFINITY,
      isBusy: () => this.#session !== null,
      onIdle: () => this.#disconnect(),
      onBack: () => this.#comeBack(),
    });
    page.addEventListener("pagehide", () => {
      this.#tab.leave();
      this.#disconnect();
    });
    page.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.#tab.retake();
      this.#comeBack();
    });
    this.events.on(["sessionStart"], () => this.#settings.onSessionStart?.());
    this.events.on(["sessionContinue"], () => this.#settings.onSessionContinue?.());
    this.events.on(["sessionEnd"], (reason) => this.#settings.onSessionEnd?.(reason as string | null));
    this.events.on(["connection"], (shortId) => this.#settings.onConnection?.(shortId as string));
  }

  #comeBack(): void {
    if (this.#wanted) this.connect();
  }
}
