/**
 * How the parts of the SDK meet. The loader (`loader.ts` → `client.ts`) is small and always there; the core (`core.ts`) holds
 * capture, control and the visitor's cards, and is fetched when a session is asked for.
 */
import type { AssetMissing, FromVisitor, RefusalCode, SessionState, Wish, WishMade } from "#protocol/messages";

/** The page's settings that the core reads (api.md S5, S7); complete, defaults filled in. */
export interface Config {
  requireAuthorizationForSession: boolean;
  requireControlRequest: boolean;
  authorizationPromptTitle: string | null;
  authorizationPromptMessage: string | null;
  endOfScreenshareMessage: string | null;
  translationsYes: string | null;
  translationsNo: string | null;
  translationsOk: string | null;
  translationsStopSession: string | null;
  showTerminateButton: boolean;
  allowRemoteClick: boolean;
  allowRemoteScroll: boolean;
  allowRemoteType: boolean;
  maskedElements: readonly string[];
  unmaskedElements: readonly string[];
  maskAll: boolean;
  noRemoteElements: readonly string[];
  enableCanvases: boolean;
  cursorColor: string | null;
  onSessionRequest: ((answer: (allow: boolean) => void, agentName: string) => void) | null;
  onControlRequest: ((answer: (allow: boolean) => void, agentName: string) => void) | null;
}

/** Given to the core by the loader. */
export interface CoreHost {
  readonly config: Config;
  /** Id of this tab; tells which of `SessionState.tabs` we are. */
  readonly tab: string;
  readonly lookupCode: string | null;
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
  wish(message: WishMade): void;
  assetWanted(url: string): void;
  /** Show the visitor the code by which an agent finds them (S6). */
  showLookupCode(code: string): void;
  /** Remove every trace from the page. */
  stop(): void;
}

export type StartCore = (host: CoreHost) => Core;

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
  /** Elements of ours, not told (SPEC M5). */
  isOurs(node: Node): boolean;
  /** This epoch cannot go on: the document was replaced, or the queue is over its bound. */
  onBroken(reason: string): void;
}

export interface Capture {
  readonly nodes: NodeNumbers;
  /** Resolves when the whole page has been told once. */
  readonly told: Promise<void>;
  /** Tell now what is waiting; for tests and before unload. */
  flush(): void;
  /** Supply an asset that unmasked parts of the page use (F12): a frame through `send`, or false. */
  supplyAsset(url: string): Promise<boolean>;
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
}

/** Carries out wishes that pass the page's gate (SPEC X4, M4). */
export interface Control {
  /** null when done, else why not. */
  carryOut(wish: Wish, agent: { id: string; hasControl: boolean }): RefusalCode | null;
  stop(): void;
}

/** `sdk/control/control.ts` */
export type StartControl = (page: Window, options: ControlOptions) => Control;

// ---- what the visitor sees -----------------------------------------------------------------------

export interface CardsOptions {
  config: Config;
  /** Fills `{%lookupCode%}` until `showLookupCode` tells a newer one. */
  lookupCode?: string | null;
  answer(kind: "view" | "control", agent: string, allowed: boolean): void;
  stopSession(): void;
}

/** Consent cards, the live frame with "End session", agents' cursors; all in one closed shadow root. */
export interface Cards {
  show(state: SessionState | null): void;
  /** Place an agent's cursor; x, y in the layout viewport, null when gone. `clicked` shows a ripple. */
  pointAt(agent: string, at: { x: number; y: number } | null, clicked: boolean): void;
  showLookupCode(code: string): void;
  /** The host element, so that capture and control leave it alone. */
  isOurs(node: Node): boolean;
  stop(): void;
}

/** `sdk/consent/cards.ts` */
export type StartCards = (page: Window, options: CardsOptions) => Cards;

export type { AssetMissing, Wish, WishMade };
