/** What a page and a frame of another site in it say to each other through their port; one key of each message is set. */
import type { RefusalCode, Wish } from "#protocol/messages";
import type { Wisher } from "./ports.ts";

export interface FromInner {
  /** A batch of facts as JSON, and what it takes of the unacknowledged. */
  batch?: string;
  volatile?: boolean;
  /** An asset's payload (SPEC W4). */
  asset?: Uint8Array<ArrayBuffer>;
  bytes?: number;
  /** An asset that the frame does not have. */
  missing?: string;
  /** What became of a wish, and where it was in the frame's viewport. */
  answered?: number;
  code?: RefusalCode | null;
  at?: { x: number; y: number } | null;
  /** The epoch cannot go on: begin again. */
  again?: true;
  /** The page in the frame leaves. */
  gone?: true;
}

export interface ToInner {
  wish?: Wish;
  id?: number;
  wisher?: Wisher;
  /** An asset that is wanted. */
  url?: string;
  /** Bytes that were taken. */
  taken?: number;
  stop?: true;
}
