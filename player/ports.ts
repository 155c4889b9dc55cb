/** How the parts of the player meet the watch page. */
import type { Click, Point, Wish } from "#protocol/messages";

export interface PlayerOptions {
  /** Address of the empty stage page, which carries the stage's own CSP; "about:blank" works for measuring. */
  stageUrl: string;
  /** Path prefix of the asset door; the percent-encoded absolute URL follows (SPEC F11). */
  assets: string;
  /** The player cannot go on; the watch page asks for a snapshot (`request_snapshot`). */
  onBroken(reason: string): void;
  /** The page's size, address or title changed. */
  onPage?(page: { url: string; title: string; width: number; height: number }): void;
  /** The first slice is on the stage; the whole snapshot is. */
  onFirstPicture?(): void;
  onWholePicture?(): void;
  /** The visitor's pointer, in the page's viewport; null when gone. */
  onVisitorPointer?(at: { x: number; y: number; pressed: boolean } | null): void;
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

export interface SenseOptions {
  player: Player;
  /** Whether the agent holds control now; without it only pointing is sensed. */
  hasControl(): boolean;
  onWish(wish: Wish): void;
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
  stop(): void;
}

/** `mount` covers the scaled stage exactly and is not scaled itself. `player/overlay/overlay.ts` */
export type StartOverlay = (mount: HTMLElement, player: Player) => Overlay;
