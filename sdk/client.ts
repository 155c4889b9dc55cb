/** The visitor's side of a connection: says who and where they are, follows the session, fetches the bundles that it needs. */
import type { Link, LinkMarks } from "#link/ports";
import { openLink } from "#link/socket";
import {
  type FromVisitor,
  PROTOCOL_VERSIONS,
  type SessionState,
  type ToVisitor,
  type Welcome,
} from "#protocol/messages";
import { type ClosedRoots, rememberClosedRoots } from "./closed_roots.ts";
import { callHooks, Events } from "./events.ts";
import { type FontSources, rememberFontSources } from "./font_sources.ts";
import { watchIdle } from "./idle.ts";
import { Lazy } from "./lazy.ts";
import { watchLookupLinks } from "./lookup_links.ts";
import { fetchModule } from "./modules.ts";
import { newsOf, texts } from "./news.ts";
import { watchPage } from "./page.ts";
import type { Core, CoreHost, StartCore, StartSurface, Surface, SurfaceHost } from "./ports.ts";
import { proxiedOf } from "./proxied.ts";
import { change, type Settings, settle } from "./settings.ts";
import { openStorage, storageOn } from "./storage.ts";
import { isLive } from "./surface/session_events.ts";
import { type TabId, takeTabId } from "./tab.ts";
import { Visitor } from "./visitor.ts";

const LIMIT_FRAME_BYTES = 8 << 20;

/** Where the server is, and the team's public key as far as the script's address tells it. */
export interface Site {
  /** Ends with `/`. */
  readonly base: string;
  readonly key: string | null;
  /** The account's settings when the script was loaded (S5). */
  readonly account: Readonly<Record<string, unknown>>;
}

export class Client implements SurfaceHost {
  readonly events = new Events();
  readonly page: Window;
  readonly tab: TabId;
  settings: Settings;
  lookupCode: string | null = null;
  spy: SurfaceHost["spy"] = null;
  onLeave: SurfaceHost["onLeave"] = null;
  welcome: Welcome | null = null;
  absence: FromVisitor | null = null;
  readonly #closedRoots: ClosedRoots;
  readonly #fontSources: FontSources = new WeakMap();
  readonly #site: Site;
  readonly #visitor: Visitor;
  readonly #core: Lazy<{ startCore: StartCore }, Core>;
  readonly #surface: Lazy<{ startSurface: StartSurface }, Surface>;
  /** What the page set, and what its account did. */
  #own: Readonly<Record<string, unknown>> = {};
  #account: Readonly<Record<string, unknown>>;
  #link: Link<FromVisitor> | null = null;
  #session: SessionState | null = null;
  /** The visitor has ended the session, and the server may not know yet. */
  #stopping = false;
  /** The page wants to be connected: come back after a rest and from the back/forward cache. */
  #wanted = false;
  /** What the server was told of `#news`. */
  #told: readonly string[] = [];
  /** Of each agent the newest wish that came, so that none is carried out twice after a restart of the server (K3). */
  readonly #wishes: Record<string, number> = {};
  readonly #waitingForWelcome: ((welcome: Welcome) => void)[] = [];

  constructor(page: Window, site: Site) {
    this.page = page;
    this.#closedRoots = rememberClosedRoots(page);
    rememberFontSources(page, this.#fontSources);
    this.#site = site;
    this.#account = site.account;
    this.settings = settle(this.#account, this.#own);
    this.tab = takeTabId(page);
    const proxied = proxiedOf(page);
    // On a proxied page the proxy knows who the visitor is, on every site; nothing is left in a site's storage.
    this.#visitor = new Visitor(openStorage(page, this.#prefix, proxied ? [] : undefined));
    if (proxied) this.#visitor.credentials = proxied.visitor;
    const fail = (message: string): void => this.events.fail("core_unavailable", message);
    this.#core = new Lazy(async ({ startCore }) => {
      const surface = await this.#surface.part;
      if (!surface) throw new Error("there are no cards");
      return startCore(this.#host(), surface.cards);
    }, fail);
    this.#surface = new Lazy(({ startSurface }) => startSurface(this), fail);
    this.#watch();
  }

  // ---- what the page asks for --------------------------------------------------------------------

  /** Take settings, and what they tell of the visitor; connect unless `autoconnect` is off. */
  init(given: Readonly<Record<string, unknown>>): void {
    this.#own = change(this.#own, given, (message) => this.events.fail("bad_setting", message));
    this.#settle();
    const { storageImplementation } = this.settings;
    if (given["storageImplementation"] && storageImplementation && !proxiedOf(this.page)) {
      this.#visitor.moveTo(storageOn(storageImplementation, this.#prefix));
    }
    this.updateConnection(given);
    if (this.settings.autoconnect) this.connect();
    this.#look();
  }

  /** Tell this page, which is a frame, to the page around it (F23). */
  embed(port: MessagePort): void {
    this.connect();
    void this.whenWelcomed().then(() => {
      this.#loadCore();
      this.#core.use((core) => core.embed(port));
    });
  }

  connect(): void {
    const key = this.settings.apiKey ?? this.#site.key;
    if (!key) throw new Error("no key: give apiKey to init");
    this.#wanted = true;
    this.#link ??= openLink<FromVisitor, ToVisitor>({
      url: new URL("ws", this.#site.base).href.replace(/^http/, "ws"),
      hello: (marks) => this.#hello(key, marks),
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
    this.newPageview();
  }

  /** Become a new visitor; nothing of the old one is kept in this browser. */
  reset(reopen: boolean): void {
    this.stopSession();
    this.#disconnect();
    this.#sessionIs(null, false);
    this.#core.stop();
    this.#surface.stop();
    this.#visitor.forget();
    this.lookupCode = null;
    this.events.emit("connectionReset");
    if (reopen) this.connect();
  }

  stopSession(): void {
    if (!this.#session) return;
    this.#stopping = true;
    // Nothing more leaves the page, even when the server cannot be told now.
    this.#core.use((core) => core.capture(null));
    this.send({ type: "stopped" });
  }

  send(message: FromVisitor): void {
    this.spy?.("→", message);
    this.#link?.send(message);
  }

  /** Say that the visitor waits for an agent, or no longer does (S9a). */
  requestAgent(isWanted: boolean): void {
    this.connect();
    this.send({ type: isWanted ? "agent_requested" : "agent_request_cancelled" });
  }

  /** Call a function of the surface, once it is there. Never rejects: what is wrong is told as event. */
  callSurface(name: string, args: unknown[]): Promise<unknown> {
    this.#loadSurface();
    return new Promise((resolve) =>
      this.#surface.use(async (surface) => {
        try {
          resolve(await surface.call(name, args));
        } catch (thrown) {
          this.events.failCall(thrown);
          resolve(undefined);
        }
      }),
    );
  }

  /** Fetch what a session will need, without starting it. */
  async prefetch(): Promise<void> {
    const { core } = await this.whenWelcomed();
    (await fetchModule<{ prefetch(): void }>(new URL(core, this.#site.base).href)).prefetch();
  }

  /** Resolve with the welcome of this connection, once there is one. */
  whenWelcomed(): Promise<Welcome> {
    const welcome = this.welcome;
    return new Promise((resolve) => (welcome ? resolve(welcome) : this.#waitingForWelcome.push(resolve)));
  }

  get #prefix(): string {
    return `twinpane.${this.#site.key ?? ""}.`;
  }

  // ---- the connection ----------------------------------------------------------------------------

  get #isOpen(): boolean {
    return this.#link?.status === "open";
  }

  #hello(key: string, marks: LinkMarks): FromVisitor {
    const news = this.#news();
    // A link that is taken up again may not read the hello; what it has missed is told after the welcome.
    if (marks.resume === null) this.#told = texts(news);
    return Object.assign({ identity: null }, ...news, {
      type: "hello",
      protocols: PROTOCOL_VERSIONS,
      key,
      tab: this.tab.id,
      visitor: this.#visitor.credentials,
      ...marks,
      wishes: this.#wishes,
    });
  }

  #welcomed(welcome: Welcome): void {
    this.welcome = welcome;
    this.#visitor.credentials = welcome.visitor;
    this.#settle(welcome.settings);
    // A link taken up again brings what was missed, message by message.
    if (!welcome.resumed) this.#begin(welcome);
    this.newPageview();
    for (const resolve of this.#waitingForWelcome.splice(0)) resolve(welcome);
  }

  #begin(welcome: Welcome): void {
    this.#core.use((core) => core.capture(null));
    this.#sessionIs(welcome.session, true);
    if (this.#stopping) this.stopSession();
    this.lookupCode = welcome.lookup_code;
    this.#look();
    this.#surface.use((surface) => surface.welcomed());
    this.events.emit("connection", welcome.visitor.short_id);
    if (welcome.agent_requested) this.events.emit("agentRequestUpdate", "requested");
  }

  #read(message: ToVisitor): void {
    this.spy?.("←", message);
    switch (message.type) {
      case "session_changed":
        this.#sessionIs(message.session, false);
        return;
      case "capture":
        if (this.#stopping) return;
        if (message.epoch !== null) this.#loadCore();
        this.#core.use((core) => core.capture(message.epoch));
        return;
      case "settings_changed":
        this.#settle(message.settings);
        this.#look();
        return;
      case "custom_message_received":
        this.events.emit("customMessage", message.message, message.agent);
        return;
      case "agent_request_changed":
        this.events.emit("agentRequestUpdate", message.status);
        return;
      case "error":
        this.events.fail(message.code, message.message);
        if (message.advice === "resync") this.#startOver(message.code);
        return;
      default:
        // Each of them takes what is its own.
        if ("wish" in message) this.#wishes[message.agent] = message.id;
        this.#core.use((core) => core.read(message));
        this.#surface.use((surface) => surface.read(message));
    }
  }

  /** Take the settings as they are now: what is being shown is shown anew under them. */
  #settle(account: object = this.#account): void {
    const before = JSON.stringify(this.settings);
    this.#account = account as Site["account"];
    this.settings = settle(this.#account, this.#own);
    if (isLive(this.#session) && before !== JSON.stringify(this.settings)) this.#startOver("settings");
  }

  /** The epoch cannot go on: stop it and ask for a new one. */
  #startOver(reason: string): void {
    this.#core.use((core) => core.capture(null));
    this.send({ type: "snapshot_needed", reason });
  }

  #disconnect(): void {
    this.#link?.close();
    this.#link = this.welcome = null;
  }

  #news(): FromVisitor[] {
    return newsOf(this.page, this.settings, this.#visitor.told);
  }

  /** Tell what the server does not know yet of the page. */
  newPageview(): void {
    if (!this.#isOpen) return;
    const news = this.#news();
    for (const message of news) if (!this.#told.includes(JSON.stringify(message))) this.send(message);
    this.#told = texts(news);
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
    if (state) this.#loadSurface();
    this.#surface.use((surface) => surface.sessionIs(before, session, found));
  }

  #loadCore(): void {
    this.#loadSurface();
    if (this.welcome) this.#core.load(new URL(this.welcome.core, this.#site.base).href);
  }

  /** Before the server told its address it has a plain one, which is always the newest. */
  #loadSurface(): void {
    this.#surface.load(new URL(this.welcome?.surface ?? "sdk/surface.js", this.#site.base).href);
  }

  /** The page, its settings or the connection may have changed. */
  #look(): void {
    this.newPageview();
    const { enableLookupCodeOnKey, injectLookupCodeButton, lookupCodeElement, parentOrigins } = this.settings;
    const wanted = enableLookupCodeOnKey || injectLookupCodeButton || lookupCodeElement || parentOrigins.length;
    if (wanted || this.tab.flags.size > 0) this.#loadSurface();
    this.#surface.use((surface) => surface.look());
  }

  #host(): CoreHost {
    const client = this;
    return {
      closedRoots: this.#closedRoots,
      fontSources: this.#fontSources,
      get config() {
        return client.settings;
      },
      get unacknowledgedBytes() {
        return client.#link?.unacknowledgedBytes ?? 0;
      },
      send: (message) => client.send(message),
      sendFrame(frame) {
        // The server would refuse a larger one (W5); whoever waits for it gives up by itself.
        if (frame.length <= LIMIT_FRAME_BYTES) client.#link?.sendFrame(frame);
      },
    };
  }

  // ---- the page ----------------------------------------------------------------------------------

  #watch(): void {
    const page = this.page;
    watchPage(page, () => this.#look());
    watchLookupLinks(page, () => {
      this.#loadSurface();
      this.#surface.use((surface) => void surface.showCode());
    });
    watchIdle(page, {
      limitMs: () => this.settings.disconnectAfterSeconds * 1000 || Number.POSITIVE_INFINITY,
      isBusy: () => this.#session !== null,
      onIdle: () => this.#disconnect(),
      onBack: () => this.#comeBack(),
    });
    page.addEventListener("pagehide", () => {
      this.onLeave?.();
      this.tab.leave();
      this.#disconnect();
    });
    page.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.tab.retake();
      this.#comeBack();
    });
    callHooks(this.events, () => this.settings);
  }

  #comeBack(): void {
    if (this.#wanted) this.connect();
  }
}
