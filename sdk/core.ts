/** Joins what a session needs in the page: capture and control, beside the cards. Fetched when a session is asked for. */
import { ServerClock } from "#link/server_clock";
import type { RefusalCode, SessionState, ToVisitor, WishMade } from "#protocol/messages";
import { startCapture } from "./capture/capture.ts";
import { clip } from "./clip.ts";
import { GUIDING, startControl } from "./control/control.ts";
import type * as Carrying from "./control/hands.ts";
import type * as Guiding from "./guide/guide.ts";
import type * as Rare from "./kinds.ts";
import type * as Logging from "./log/log.ts";
import { fetchModule } from "./modules.ts";
import type {
  Answered,
  Capture,
  CaptureOptions,
  Control,
  Core,
  CoreHost,
  Guide,
  Log,
  Onlooker,
  StartHands,
  Wisher,
} from "./ports.ts";

/** Beside this bundle; their names are known when it is built. */
declare const KINDS_FILE: string;
declare const GUIDE_FILE: string;
declare const HANDS_FILE: string;
declare const LOG_FILE: string;

type Place = { x: number; y: number } | null;

const LIMIT_REASON_CHARACTERS = 500;

/** One epoch of the page: what is told, and what agents do with it. */
interface Epoch {
  readonly capture: Capture;
  readonly control: Control;
}

/** Fetch a bundle of ours from where this one came; null, and a word about it, when it cannot be had. */
function beside<T>(file: string): Promise<T | null> {
  return fetchModule<T>(new URL(file, import.meta.url).href).catch((reason) => {
    console.warn("Upscope: cannot load", file, reason);
    return null;
  });
}

export function startCore(host: CoreHost, cards: Onlooker): Core {
  return new Joined(window, host, cards);
}

/** Fetch what a session may need besides. */
export function prefetch(): void {
  for (const file of [KINDS_FILE, HANDS_FILE, GUIDE_FILE]) void beside(file);
}

class Joined implements Core {
  readonly #page: Window;
  readonly #host: CoreHost;
  readonly #cards: Onlooker;
  /** Every tab's frames carry the server's time, so that agents can tell how old a picture is. */
  readonly #clock = new ServerClock();
  #session: SessionState | null = null;
  #epoch: Epoch | null = null;
  #rare: Promise<typeof Rare | null> | null = null;
  #hands: Promise<typeof Carrying | null> | null = null;
  #guide: Promise<Guide | null> | null = null;
  #logs: Promise<typeof Logging | null> | null = null;
  #log: Log | null = null;
  readonly #maskedForGood = new WeakSet<Element>();
  #stopTellingParent: () => void = () => undefined;

  constructor(page: Window, host: CoreHost, cards: Onlooker) {
    this.#page = page;
    this.#host = host;
    this.#cards = cards;
  }

  sessionChanged(session: SessionState): void {
    this.#session = session;
    if (session.phase === "ended") this.#stopEpoch();
    void this.#lookAtConsole();
    this.#guide?.then((guide) => guide?.keep(session));
  }

  capture(number: number | null): void {
    this.#stopEpoch();
    if (number === null) return;
    // Before the first frame, by which agents learn of what they could ask for.
    const globs = [...this.#host.config.proxyAssets];
    if (globs.length > 0) this.#host.send({ type: "assets_offered", globs });
    const epoch = this.#begin({
      epoch: number,
      send: (frame) => {
        this.#cards.left(frame);
        this.#host.sendFrame(frame);
      },
      unacknowledgedBytes: () => this.#host.unacknowledgedBytes,
      serverTime_ms: (at_ms) => this.#clock.at(at_ms),
      // Later, because it may break while it starts.
      onBroken: (reason) => queueMicrotask(() => this.#startOver(epoch, reason)),
    });
    this.#epoch = epoch;
    void this.#lookAtConsole();
    this.#cards.captured(epoch.capture);
    this.#guide?.then((guide) => guide && epoch.capture.add(guide.tell));
  }

  read(message: ToVisitor): void {
    switch (message.type) {
      case "wish_made":
        if (this.#epoch) this.#carryOut(this.#epoch, message);
        else this.#answer(message, "not_live");
        return;
      case "asset_wanted":
        this.#supply(message.url);
        return;
      case "receipt_wanted":
        this.#epoch?.capture.verify();
        return;
      case "pong":
        this.#clock.hear(message, this.#page.performance.now());
    }
  }

  #supply(url: string): void {
    const supplied = this.#epoch?.capture.supplyAsset(url) ?? Promise.resolve(false);
    supplied
      .catch(() => false)
      .then((found) => {
        if (!found) this.#host.send({ type: "asset_missing", url });
      });
  }

  embed(port: MessagePort): void {
    this.#stopTellingParent();
    void this.#fetchRare().then((rare) => {
      if (!rare) return;
      this.#stopTellingParent = rare.tellParent(this.#page, port, (options) => this.#begin({ epoch: 0, ...options }));
    });
  }

  stop(): void {
    this.#stopTellingParent();
    this.#stopEpoch();
    this.#stopLog();
    this.#guide?.then((guide) => guide?.stop());
  }

  #begin(
    options: Pick<CaptureOptions, "epoch" | "send" | "unacknowledgedBytes" | "onBroken" | "serverTime_ms">,
  ): Epoch {
    const { config, closedRoots, fontSources } = this.#host;
    const { isOurs } = this.#cards;
    const fetchKinds = () => this.#fetchRare().then((rare) => rare?.startKinds ?? null);
    const kept = { closedRoots, fontSources, maskedForGood: this.#maskedForGood };
    const capture = startCapture(this.#page, { ...options, config, ...kept, isOurs, fetchKinds });
    const { nodes, told } = capture;
    const fetchHands = () => this.#fetchHands();
    return { capture, control: startControl(this.#page, { config, nodes, isOurs, told, fetchHands }) };
  }

  /** Once a page; after a failure again with the next epoch. */
  async #fetchRare(): Promise<typeof Rare | null> {
    this.#rare ??= beside<typeof Rare>(KINDS_FILE);
    const rare = await this.#rare;
    if (!rare) this.#rare = null;
    return rare;
  }

  /** Once a page; after a failure again with the next wish. */
  async #fetchHands(): Promise<StartHands | null> {
    this.#hands ??= beside<typeof Carrying>(HANDS_FILE);
    const hands = await this.#hands;
    if (!hands) this.#hands = null;
    return hands?.startHands ?? null;
  }

  /** Once a page, with the first wish for it; after a failure again with the next one. */
  async #fetchGuide(): Promise<Guide | null> {
    this.#guide ??= beside<typeof Guiding>(GUIDE_FILE).then((found) => {
      const guide = found?.startGuide(this.#page, { config: this.#host.config, mount: this.#cards.mount }) ?? null;
      if (guide) this.#epoch?.capture.add(guide.tell);
      return guide;
    });
    const guide = await this.#guide;
    if (!guide) this.#guide = null;
    return guide;
  }

  // ---- the console (SPEC C) ----------------------------------------------------------------------

  /** The page holds each agent to their rights and to its own limits, whatever the server says of them. */
  get #isConsoleRead(): boolean {
    const { agents = [], phase } = this.#session ?? {};
    const isRead = agents.some(({ reads_console, permissions }) => reads_console && permissions?.allow_console);
    return isRead && phase !== "ended" && this.#host.config.allowRemoteConsole;
  }

  /** Begin to tell the console once somebody may read it and agents see this page; stop when nobody may. */
  async #lookAtConsole(): Promise<void> {
    if (!this.#isConsoleRead) this.#stopLog();
    else if (this.#epoch && !this.#log) {
      const logging = await this.#fetchLogging();
      if (!logging || this.#log || !this.#isConsoleRead) return;
      const { closedRoots } = this.#host;
      this.#log = logging.startLog(this.#page, {
        config: () => this.#host.config,
        closedRoots,
        maskedForGood: this.#maskedForGood,
        isOpen: () => this.#epoch !== null && this.#isConsoleRead && this.#cards.isConsoleShown(),
        send: (told) => this.#host.send(told),
      });
    }
  }

  #stopLog(): void {
    this.#log?.stop();
    this.#log = null;
  }

  /** Once a page; after a failure again with the next wish. */
  async #fetchLogging(): Promise<typeof Logging | null> {
    this.#logs ??= beside<typeof Logging>(LOG_FILE);
    const logging = await this.#logs;
    if (!logging) this.#logs = null;
    return logging;
  }

  /** What passes the gate the visitor is asked for; what the yes needs is fetched meanwhile. */
  #askForConsole({ control }: Epoch, message: WishMade): void {
    const { agent, id, wish } = message;
    const refused = control.ask(wish, null, this.#wisher(agent));
    if (refused) this.#answer(message, refused);
    else {
      void this.#fetchLogging();
      this.#host.send({ type: "consent_wanted", kind: "console", agent, id });
    }
  }

  #startOver(broken: Epoch, reason: string): void {
    if (this.#epoch !== broken) return;
    this.#stopEpoch();
    this.#host.send({ type: "snapshot_needed", reason: clip(reason, LIMIT_REASON_CHARACTERS) });
  }

  #stopEpoch(): void {
    this.#epoch?.control.stop();
    this.#epoch?.capture.stop();
    this.#epoch = null;
    this.#cards.captured(null);
  }

  #answer({ agent, id }: WishMade, code: RefusalCode | null): void {
    if (code) this.#host.send({ type: "wish_refused", agent, id, code });
  }

  #carryOut(epoch: Epoch, message: WishMade): void {
    const { agent, wish } = message;
    if (wish.kind === "read_console") {
      this.#askForConsole(epoch, message);
      return;
    }
    const answered: Answered = (code, at) => {
      if (!code) this.#pointed(epoch, message, at);
      this.#answer(message, code);
    };
    const wisher = () => this.#wisher(agent);
    const { foreign } = epoch.capture;
    const frame = foreign?.frameFor(wish);
    if (foreign && frame) {
      const refused = epoch.control.ask(wish, frame, wisher());
      if (refused) answered(refused, null);
      else foreign.hand(frame, wish, wisher(), answered);
    } else epoch.control.carryOut(wish, wisher, answered);
  }

  #pointed(epoch: Epoch, message: WishMade, at: Place): void {
    const { agent, wish } = message;
    const isLaser = wish.kind === "point" && !!wish.laser;
    if (wish.kind === "point" || wish.kind === "click") {
      this.#cards.pointAt(agent, isLaser ? null : at, wish.kind === "click");
    }
    if (isLaser || this.#guide || GUIDING.test(wish.kind)) this.#guideBy(epoch, message, at);
  }

  #guideBy({ capture }: Epoch, message: WishMade, at: Place): void {
    const { wish } = message;
    const { agent } = this.#wisher(message.agent);
    const node = "node" in wish ? capture.nodes.nodeOf(wish.node) : undefined;
    void this.#fetchGuide().then((guide) => {
      this.#answer(message, guide && agent ? guide.take(agent, wish, node, at) : "not_possible");
    });
  }

  #wisher(id: string): Wisher {
    const { control = null, agents = [] } = this.#session ?? {};
    return {
      agent: agents.find((agent) => agent.id === id),
      hasControl: control === id,
      controlIsFree: !control && !this.#host.config.requireControlRequest,
    };
  }
}
