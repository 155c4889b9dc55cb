/**
 * How the parts of the SDK meet. The loader (`loader.ts` → `client.ts`) is small and always there. The core (`core.ts`) holds
 * capture and control, and is fetched when a session is asked for. The surface (`surface/surface.ts`) holds what the visitor sees
 * of us and what few pages call, and is fetched when one of it is needed.
 */
import type {
  Agent,
  AssetMissing,
  ConsoleTold,
  FromVisitor,
  RefusalCode,
  SessionState,
  ToVisitor,
  Welcome,
  Wish,
  WishMade,
} from "#protocol/messages";
import type { StartKind, StartKinds } from "./capture/context.ts";
import type { Words } from "./consent/strings.ts";
import type { Gate } from "./control/gate.ts";
import type { Events } from "./events.ts";
import type { FontSources } from "./font_sources.ts";
import type { Settings } from "./settings.ts";
import type { TabId } from "./tab.ts";

/** The page's settings that the core reads (api.md S5, S7); complete, defaults filled in. */
export interface Config {
  requireControlRequest: boolean;
  allowRemoteClick: boolean;
  allowRemoteScroll: boolean;
  allowRemoteType: boolean;
  allowAgentRedirect: boolean;
  allowRemoteConsole: boolean;
  maskedElements: readonly string[];
  unmaskedElements: readonly string[];
  maskAll: boolean;
  /** Names of query parameters whose values are masked; `*` stands for any characters. */
  maskedParameters: readonly string[];
  /** Origins of pages that may show this one, where it is a frame in them. */
  parentOrigins: readonly string[];
  noRemoteElements: readonly string[];
  enableCanvases: boolean;
  /** Drawings vanish so long after they were last changed; 0: they stay. */
  drawingsTtlMs: number;
  cursorColor: string | null;
  /** Addresses of assets that the server is to ask of the page first. */
  proxyAssets: readonly string[];
}

/** The settings that the cards read. */
export interface CardsConfig {
  authorizationPromptTitle: string | null;
  authorizationPromptMessage: string | null;
  endOfScreenshareMessage: string | null;
  translationsYes: string | null;
  translationsNo: string | null;
  translationsOk: string | null;
  translationsStopSession: string | null;
  showTerminateButton: boolean;
  showUpscopeLink: boolean;
  cursorColor: string | null;
  onSessionRequest: ((answer: (allow: boolean) => void, agentName: string) => void) | null;
  onControlRequest: ((answer: (allow: boolean) => void, agentName: string) => void) | null;
}

/** Given to the core by the loader. */
export interface CoreHost {
  readonly config: Config;
  /** Closed shadow roots of the page, as far as the loader saw them made. */
  readonly closedRoots: WeakMap<Element, ShadowRoot>;
  /** What scripts made fonts from, as far as the loader saw it. */
  readonly fontSources: FontSources;
  send(message: FromVisitor): void;
  sendFrame(frame: Uint8Array<ArrayBuffer>): void;
  /** How far the network is behind, in bytes; batches merge while it is high. */
  readonly unacknowledgedBytes: number;
}

/** Given back by the core: the loader hands on what the server says. */
export interface Core {
  sessionChanged(state: SessionState): void;
  /** Begin page frames under an epoch, or stop (null). */
  capture(epoch: number | null): void;
  /** What is the surface's is left to it. */
  read(message: ToVisitor): void;
  /** Tell this page, which is a frame of another site's page, to that page (F23). */
  embed(port: MessagePort): void;
  /** Remove every trace from the page. */
  stop(): void;
}

export type StartCore = (host: CoreHost, cards: Onlooker) => Core;

// ---- the surface ---------------------------------------------------------------------------------

/** What the surface needs of the loader. */
export interface SurfaceHost {
  readonly page: Window;
  readonly events: Events;
  readonly tab: TabId;
  readonly settings: Settings;
  /** The visitor's code, as far as it is known. */
  lookupCode: string | null;
  /** Called with each message that goes, and each that comes. */
  spy: ((direction: "→" | "←", message: object) => void) | null;
  /** Called when the page goes, before the connection is given up: of two listeners to `pagehide` the first would be the loader's. */
  onLeave: (() => void) | null;
  /** Of today's connection. */
  readonly welcome: Welcome | null;
  /** What this page said of being away, last. */
  readonly absence: FromVisitor | null;
  connect(): void;
  send(message: FromVisitor): void;
  whenWelcomed(): Promise<Welcome>;
  prefetch(): Promise<void>;
  embed(port: MessagePort): void;
  stopSession(): void;
}

export interface Surface {
  readonly cards: Onlooker;
  /** Call a public function. Throws TypeError where there is none of that name. */
  call(name: string, args: readonly unknown[]): unknown;
  /** The session has changed. `found`: it did not happen before the page's eyes. */
  sessionIs(before: SessionState | null, after: SessionState | null, found: boolean): void;
  /** Take a message that is none of the loader's. */
  read(message: ToVisitor): void;
  /** Nothing that was asked of the server before holds any longer. */
  welcomed(): void;
  /** The page or its settings may have changed. */
  look(): void;
  /** Show the visitor their lookup code. */
  showCode(): Promise<void>;
  stop(): void;
}

export type StartSurface = (host: SurfaceHost) => Promise<Surface>;

// ---- capture -------------------------------------------------------------------------------------

/** Numbers of the page's nodes, and what may be done with them. Ids restart with each epoch. */
export interface NodeNumbers {
  idOf(node: Node): number | undefined;
  nodeOf(id: number): Node | undefined;
  /** Whether the node, or one it is in, is masked (SPEC M4). */
  isMasked(node: Node): boolean;
}

export interface CaptureOptions {
  epoch: number;
  config: Config;
  /** A finished frame, header included, ready for the link. */
  send(frame: Uint8Array<ArrayBuffer>): void;
  unacknowledgedBytes(): number;
  /** The server's time at a time of this page's clock, ms; null while it is not known. Left out: it never is. */
  serverTime_ms?(at_ms: number): number | null;
  /** Elements of ours, not told (SPEC M5). */
  isOurs(node: Node): boolean;
  /** This epoch cannot go on: the document was replaced, or the queue is over its bound. */
  onBroken(reason: string): void;
  /** Closed shadow roots that were there before. */
  closedRoots?: WeakMap<Element, ShadowRoot>;
  fontSources?: FontSources;
  /** Fields that held a password or a card number in an epoch before. */
  maskedForGood?: WeakSet<Element>;
  /** Get the kinds that the first picture can do without; null when they cannot be had. */
  fetchKinds(): Promise<StartKinds | null>;
}

/** The kinds that came later, as they run in one epoch. `sdk/kinds.ts` */
export interface Kinds {
  /** As `Capture.supplyAsset`. */
  supplyAsset(url: string): Promise<boolean>;
  /** As `Capture.verify`. */
  verify(): void;
  readonly foreign: ForeignFrames;
  stop(): void;
}

/** Frames of other sites that have our SDK (F23). */
export interface ForeignFrames {
  /** The frame that a wish is for; null when it is for the page itself. */
  frameFor(wish: Wish): Element | null;
  hand(frame: Element, wish: Wish, wisher: Wisher, answered: Answered): void;
}

export interface Capture {
  readonly nodes: NodeNumbers;
  /** Resolves when the whole page has been told once. */
  readonly told: Promise<void>;
  /** Tell now what is waiting; for tests and before unload. */
  flush(): void;
  /** Supply an asset that unmasked parts of the page use (F12): a frame through `send`, or false. */
  supplyAsset(url: string): Promise<boolean>;
  /** Send digests of the whole page now, by which the agents' pictures are compared (F20). They are sent now and then anyway. */
  verify(): void;
  /** Run another kind in this epoch. */
  add(kind: StartKind): void;
  /** Null until the kinds that come later are there. */
  readonly foreign: ForeignFrames | null;
  /** Undo every patch and listener. */
  stop(): void;
}

/** `sdk/capture/capture.ts` */
export type StartCapture = (page: Window, options: CaptureOptions) => Capture;

// ---- control -------------------------------------------------------------------------------------

export interface ControlOptions {
  config: Config;
  nodes: NodeNumbers;
  isOurs(node: Node): boolean;
  /** Resolves when the agents have a picture: then the hands are fetched. */
  told: Promise<void>;
  /** Get what carries out wishes; null when it cannot be had. */
  fetchHands(): Promise<StartHands | null>;
}

/** An agent who wishes something, as far as the page's gate must know them. */
export interface Wisher {
  /** As the session has them; undefined: it does not. */
  readonly agent: Agent | undefined;
  readonly hasControl: boolean;
  /** Nobody has control, and the page does not want to be asked for it. */
  readonly controlIsFree: boolean;
}

/** Called once for a wish: null when it is done, else why not; and where it pointed to in the page's viewport. */
export type Answered = (code: RefusalCode | null, at: { x: number; y: number } | null) => void;

/** Carries out wishes that pass the page's gate (SPEC X4, M4). */
export interface Control {
  /** What the guide does is only judged. A wish may wait for the hands: `wisher` is asked anew when its turn comes. */
  carryOut(wish: Wish, wisher: () => Wisher, answered: Answered): void;
  /** Whether a wish may be carried out, and touch this node: null when it may, else why not. */
  ask(wish: Wish, node: Node | null, wisher: Wisher): RefusalCode | null;
  stop(): void;
}

/** What carries out wishes that have passed the gate. */
export interface Hands {
  /** Do at once what is left of the wish before. */
  finish(): void;
  /** What a key would touch now. */
  keysGoTo(): Node;
  /** null when done, else why not. */
  carryOut(wish: Wish, node: Node | undefined): RefusalCode | null;
  stop(): void;
}

/** `sdk/control/hands.ts` */
export type StartHands = (page: Window, options: Pick<ControlOptions, "nodes" | "isOurs"> & { gate: Gate }) => Hands;

/** `sdk/control/control.ts` */
export type StartControl = (page: Window, options: ControlOptions) => Control;

// ---- what the visitor sees -----------------------------------------------------------------------

export interface CardsOptions {
  /** May change while the page is there. */
  readonly config: CardsConfig;
  readonly words: Words;
  /** Fills `{%lookupCode%}`. */
  readonly lookupCode: string | null;
  answer(kind: ConsentKind, agent: string, allowed: boolean): void;
  stopSession(): void;
  /** Let no agent read the console any longer. */
  closeConsole(): void;
  /** Show who sees what; `opener` is the button that was pressed. */
  showDetails(opener: HTMLElement): void;
}

/** Consent cards, the live frame with "End session", agents' cursors; all in one closed shadow root. */
export interface Cards {
  show(state: SessionState | null): void;
  /** The page has set other words or flags: what stands follows them. */
  look(): void;
  /** Place an agent's cursor; x, y in the layout viewport, null when gone. `clicked` shows a ripple. */
  pointAt(agent: string, at: { x: number; y: number } | null, clicked: boolean): void;
  showLookupCode(code: string): void;
  /** Whether the visitor sees that agents read the console. */
  isConsoleShown(): boolean;
  /** Words on the button that ends the session; null without it. */
  endSession(): string | null;
  /** Show a button that calls `press`; null takes it away. Hidden while a session is live. */
  offerCode(press: (() => void) | null): void;
  /** Put a layer below the cursors and cards. */
  mount(layer: Element): void;
  /** The host element, so that capture and control leave it alone. */
  isOurs(node: Node): boolean;
  stop(): void;
}

/** The cards, as the core has them: they learn as well what leaves the page. */
export interface Onlooker extends Cards {
  /** Capture begins under an epoch, or has stopped (null). */
  captured(capture: Capture | null): void;
  /** A page frame has left for the agents. */
  left(frame: Uint8Array<ArrayBuffer>): void;
}

export interface InsightOptions {
  readonly words: Words;
  /** The tab that this page is in. */
  readonly tab: string;
  /** Whether what agents see can be shown from this page. */
  readonly hasPicture: boolean;
  mount(layer: Element): void;
  endSession(): string | null;
  stopSession(): void;
  send(message: FromVisitor): void;
}

/** Shows the visitor who sees what, while a session is live (SPEC M6, M7). */
export interface Insight extends Pick<Onlooker, "captured" | "left"> {
  /** Open the panel, or close it where it is open. `opener` gets the focus back. */
  open(state: SessionState, opener: HTMLElement): void;
  sessionIs(state: SessionState): void;
  /** The session's asset door has this path. */
  told(assets: string): void;
  stop(): void;
}

/** `sdk/insight/insight.ts` */
export type StartInsight = (page: Window, options: InsightOptions) => Insight;

// ---- what agents do besides control ---------------------------------------------------------------

export interface GuideOptions {
  config: Pick<Config, "cursorColor" | "drawingsTtlMs">;
  mount(layer: Element): void;
}

/** Agents draw, point by laser and take the tab elsewhere; here all of it has passed the page's gate (SPEC D, X11). */
export interface Guide {
  /** Tells the drawings in an epoch. */
  readonly tell: StartKind;
  /** `node` and `at` are what the wish is about and where. Pointing without laser switches it off. null when done, else why not. */
  take(agent: Agent, wish: Wish, node: Node | undefined, at: { x: number; y: number } | null): RefusalCode | null;
  /** Forget the drawings of agents who are not in the session, as it is now. */
  keep(session: SessionState): void;
  stop(): void;
}

/** `sdk/guide/guide.ts` */
export type StartGuide = (page: Window, options: GuideOptions) => Guide;

// ---- the console ---------------------------------------------------------------------------------

export interface LogOptions {
  /** May change while the page is there. */
  config(): Config;
  readonly closedRoots: WeakMap<Element, ShadowRoot>;
  readonly maskedForGood: WeakSet<Element>;
  /** Whether agents see this page and may read its console now: only then is anything sent. */
  isOpen(): boolean;
  send(told: ConsoleTold): void;
}

/** Tells what the page says on its console (SPEC C), from its start to `stop`. */
export interface Log {
  stop(): void;
}

/** `sdk/log/log.ts` */
export type StartLog = (page: Window, options: LogOptions) => Log;

/** `sdk/consent/cards.ts` */
export type StartCards = (page: Window, options: CardsOptions) => Cards;

export type ConsentKind = NonNullable<SessionState["asking"]>["kind"];

export type { AssetMissing, Wish, WishMade };
