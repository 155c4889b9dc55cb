/** What the kinds of facts share while one epoch is applied. */
import { BadFacts, type FactReader } from "#protocol/facts";
import type { NodeNumbers } from "../nodes/numbers.ts";
import type { PlayerOptions } from "../ports.ts";
import type { MediaAnswers } from "../stage/media.ts";
import type { Address } from "../stage/urls.ts";

export interface Mirror {
  readonly frame: HTMLIFrameElement;
  readonly nodes: NodeNumbers;
  readonly options: PlayerOptions;
  readonly media: MediaAnswers;
  /** Addresses of a document of the stage; the main one's for an unknown document. */
  addressOf(document: Document): Address;
  setBase(document: Document, base: string): void;
  /** Called when a batch is through and before each pause within one, so before anything is painted. */
  readonly settle: (() => void)[];
  /** Called when all ops of a batch are through. */
  readonly batchEnd: (() => void)[];
  /** Called for each document and shadow root that begins, with the root empty. */
  readonly rootBegins: ((root: Document | ShadowRoot) => void)[];
}

/** Applies one op; the reader stands at its first field. A long one comes as steps, between which it may rest. */
export type Apply = (facts: FactReader) => void | Iterable<void>;

/** The ops that one kind of facts knows. */
export type Kinds = { readonly [op: number]: Apply };

/** More than any page has; a forged count cannot make us reserve memory without bound. */
const COUNT_MAX = 1_000_000;

/** Read `n count, id*count`. */
export function readIds(facts: FactReader): number[] {
  return Array.from({ length: readCount(facts) }, () => facts.num());
}

/** Read a count. Throws BadFacts for what is none. */
export function readCount(facts: FactReader): number {
  const count = facts.num();
  if (!Number.isInteger(count) || count < 0 || count > COUNT_MAX) throw new BadFacts(`count ${count}`);
  return count;
}
