/** How the parts of the player meet the watch page. */
import type { Shape } from "#ink/shapes";
import type { MaskedKind } from "#protocol/masked";
import type { Click, Point, Wish } from "#protocol/messages";

export interface PlayerOptions {
  /** Address of the empty stage page, which carries the stage's own CSP; "about:blank" works for measuring. */
  stageUrl: string;
  /** Path prefix of the asset door; the percent-encoded absolute URL follows (SPEC F11). */
  assets: string;
  /** Said by screen readers of what is masked. Default English. */
  hiddenWords?: string;
  /** Names of what a masked field is for, said after `hiddenWords`. Default none. */
  hiddenKinds?: Readonly<Record<MaskedKind, string>>;
  /** Compare the picture with what the page says of itself (SPEC F20). Default true; a recording cannot be told anew. */
  compares?: boolean;
  /** The player cannot go on; the watch page asks for a snapshot (`request_snapshot`). */
  onBroken(reason: string): void;
  /** The whole picture was compared with the page and is the same (SPEC F20). */
  onVerified?(): void;
  /** The picture differs from the page's; the watch page asks for a snapshot (`request_snapshot`, `differs`). Default: `onBroken`. */
  onDiffers?(reason: string): void;
  /** The page's size, address or title changed. */
  onPage?(page: { url: string; title: string; width: number; height: number }): void;
  /** The part of the page's viewport that the visitor sees, CSS pixels; null when it is all of it (pinch zoom, SPEC F25). */
  onVisiblePart?(part: { x: number; y: number; width: number; height: number } | null): void;
  /** The page takes this part of its main thread for us, over its budget, and holds its batches so far apart; null: within (SPEC F26). */
  onCost?(cost: { percent: number; interval_ms: number } | null): void;
  /** The first slice is on the stage; the whole snapshot is. */
  onFirstPicture?(): void;
  onWholePicture?(): void;
  /** The drawings that the page shows have changed, at `key` or altogether. Keys are the agent's seat and its number, "seat 7". */
  onMarks?(told: ReadonlyMap<string, MarkTold>, key?: string): void;
  /** The visitor's pointer, in the page's viewport; null when gone. */
  onVisitorPointer?(at: { x: number; y: number; pressed: boolean } | null): void;
}

/** A drawing as the page shows it (SPEC D3). */
export interface MarkTold {
  readonly element: Element;
  readonly shape: Shape;
  /** `#rrggbb` */
  readonly color: string;
  /** x, y, x, y and so on, as parts of the element's box. */
  readonly points: readonly number[];
}

/** Rebuilds the page in a sandboxed stage; applies on arrival (SPEC F10). */
export interface Player {
  /** The stage's frame; its size is the visitor's viewport. Scale it by CSS transform. */
  readonly frame: HTMLIFrameElement;
  readonly document: Document;
  idOf(node: Node): number | undefined;
  nodeOf(id: number): Node | undefined;
  /** A new epoch begins; keep the old picture until its first frame. */
  reset(epoch: number): void;
  /** A binary frame as it came. Frames decompress and apply in order; resolves when applied. */
  feed(frame: Uint8Array): Promise<void>;
  stop(): void;
}

/** `player/player.ts` */
export type CreatePlayer = (mount: HTMLElement, options: PlayerOptions) => Player;

/** `keys` says where keys go while the agent controls, `value` names the field of a picker, `set` is on its button, `options` names a list of choices. */
export interface SenseWords {
  readonly keys: string;
  readonly value: string;
  readonly set: string;
  readonly options: string;
}

export interface SenseOptions {
  player: Player;
  /** Whether the agent holds control now; without it only pointing is sensed. */
  hasControl(): boolean;
  /** Whether the agent points by laser. */
  hasLaser?(): boolean;
  onWish(wish: Wish): void;
  /** What the field that takes keys, pickers and lists of choices say where the page has no words for them. Default English. */
  words?: SenseWords;
  /** Escape was pressed while controlling. */
  onEscape(): void;
}

/** Turns the agent's pointer and keys over the stage into wishes. `player/sense/sense.ts` */
export type StartSense = (surface: HTMLElement, options: SenseOptions) => () => void;

/** Draws pointers over the stage; nothing of it can be clicked. */
export interface Overlay {
  /** Another agent pointed or clicked (`agent_pointed`). */
  point(agent: { id: string; name: string; color: string }, wish: Point | Click): void;
  /** An agent has gone. */
  forget(agentId: string): void;
  /** The visitor's pointer, as `onVisitorPointer` tells it. */
  visitor(at: { x: number; y: number; pressed: boolean } | null): void;
  /** The part of the page that the visitor sees, as `onVisiblePart` tells it. */
  visible(part: { x: number; y: number; width: number; height: number } | null): void;
  stop(): void;
}

/** What the agent's pointer does besides pointing. */
export type Tool = "look" | "laser" | Shape;

export interface InkOptions {
  player: Player;
  tool(): Tool;
  /** This agent, as the session has them. */
  me(): { id: string; name: string; color: string } | null;
  /** Make a wish; returns its number. */
  onWish(wish: Wish): number;
}

/** Drawings and lasers over the stage: those of all agents as the page tells them, one's own at once. */
export interface Ink {
  /** As `PlayerOptions.onMarks` tells. */
  told(marks: ReadonlyMap<string, MarkTold>, key?: string): void;
  /** Another agent's laser; any other pointing switches it off. */
  point(agent: { id: string; name: string; color: string }, wish: Point | Click): void;
  forget(agentId: string): void;
  /** A wish was refused: what it drew was not drawn. */
  refused(wish: number): void;
  /** Another tool was taken. */
  toolChanged(): void;
  stop(): void;
}

/** `mount` as the overlay's, `surface` as the sense's. `player/ink/ink.ts` */
export type StartInk = (mount: HTMLElement, surface: HTMLElement, options: InkOptions) => Ink;

/** `mount` covers the scaled stage exactly and is not scaled itself. `player/overlay/overlay.ts` */
export type StartOverlay = (mount: HTMLElement, player: Player) => Overlay;
