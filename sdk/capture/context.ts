/** What a kind of capture (one file each) is given. */
import type { FactWriter } from "#protocol/facts";
import type { Mask, SafeText } from "../mask/mask.ts";
import type { Numbers } from "../nodes/numbers.ts";
import type { CaptureOptions, Kinds } from "../ports.ts";
import type { Changes } from "./changes.ts";
import type { Dirty } from "./dirty.ts";
import type { Stop, View } from "./natives.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Realms } from "./realms.ts";
import type { Tree } from "./tree.ts";

export type Root = Document | ShadowRoot;

export interface Context {
  readonly page: View;
  readonly options: CaptureOptions;
  readonly numbers: Numbers;
  readonly mask: Mask;
  readonly facts: FactWriter<SafeText>;
  readonly tree: Tree;
  readonly dirty: Dirty;
  readonly changes: Changes;
  /** Whether the agent has all of the page: no node waits for a later slice. */
  readonly isWholeTold: boolean;
  /** The part of the main thread that capture used, averaged over a second. */
  readonly cost: number;
  /** How far apart batches are held for it. */
  readonly interval_ms: number;
  /** There is something to tell: a batch leaves after this frame. */
  soon(): void;
  /** Take in what the observer has seen so far and has not yet reported. */
  drain(): void;
  /** `look` is called in every batch before any change is told, to find what no record tells of. */
  onLook(look: () => void): void;
  /** `tell` is called in every batch, after the tree's changes. Nodes that are not told yet are left out: the walk tells them. */
  onBatch(tell: () => void): void;
  /** `tell` is called after all else in a batch with which the agent has all of the page. */
  onLeave(tell: () => void): void;
  /** `meet` is called when such an element has been told; in the next batch for those that were told before. */
  onTold(tags: readonly string[], meet: (element: Element, id: number) => void): void;
  /** `meet` is called when an element has been told that is scrolled already. */
  onScrolled(meet: (element: Element) => void): void;
  /** `meet` is called when a masked block has been told. */
  onBox(meet: (element: Element) => void): void;
  /** Tell a frame's document or a shadow root; an earlier one of that host is replaced. */
  tellRoot(host: Element, root: Root): void;
  /** See what changes in a root, from before it is told: a password that is shown there is known as one (SPEC M1). */
  watchRoot(root: Root): void;
  /** `begin` is called for the document and every told shadow root and frame document; its stop when that one goes. */
  onRoot(begin: (root: Root, view: View) => Stop): void;
  /** The realms of told documents: whoever patches functions does so in each, once. */
  readonly realms: Pick<Realms, "onRealm" | "onStranger" | "hears">;
  /** Send facts of the moment, of which only the newest count. */
  volatile(slots: readonly (number | SafeText)[]): void;
}

/** Every kind is started once an epoch. */
export type StartKind = (context: Context) => Stop;

/** Starts the kinds that come later than the first picture (`sdk/kinds.ts`). */
export type StartKinds = (context: Context, outgoing: Outgoing) => Kinds;
