/**
 * The tree as the agent has it: which nodes are told, with which children and at which level. Writes nodes in document order
 * and stops when a slice's time is over; what is left waits in `later` (SPEC F7).
 */
import { type FactWriter, NodeKind, Op, RootKind } from "#protocol/facts";
import { MASKED_KIND } from "#protocol/masked";
import { Level } from "../mask/decision.ts";
import type { Mask, SafeText } from "../mask/mask.ts";
import type { Numbers } from "../nodes/numbers.ts";
import { Children } from "./children.ts";
import { Tag, Tags } from "./tags.ts";

const HTML = "http://www.w3.org/1999/xhtml";
const NAMESPACES: Record<string, NodeKind> = {
  "http://www.w3.org/2000/svg": NodeKind.Svg,
  "http://www.w3.org/1998/Math/MathML": NodeKind.MathMl,
};
/** The clock is read once in so many nodes. */
const NODES_A_LOOK = 32;
/** A slice ends at so many slots even when the clock stands still. */
const SLICE_SLOTS = 5500;
/** Text that is shorter fits every box that somebody would scroll. */
const SCROLLABLE_TEXT_LENGTH = 80;

export class Tree {
  readonly children: Children;
  /** Levels of told elements that are not open. */
  readonly levels = new Map<Node, Level>();
  /** Frame or shadow host to its told root. */
  readonly rootOf = new Map<Node, Document | ShadowRoot>();
  /** Frames of another site that tell themselves (see foreign.ts). */
  readonly foreign = new WeakSet<Element>();
  /** Children after the last told one wait in `later`. */
  readonly partial = new Set<Node>();
  /** Nodes to be expanded or continued, in document order. */
  readonly later: Node[] = [];
  /** Elements told in this batch of which a kind wants to know. */
  readonly newcomers: Element[] = [];
  /** Known nodes that were taken out and wait for their place in this batch. */
  readonly detached = new Set<Node>();
  /** Told as masked for the slot that they show in. */
  readonly slottedAway = new Set<Node>();
  /** Told in this batch and has known children to be moved in. */
  readonly unfinished = new Set<Node>();
  readonly tags = new Tags();
  /** Closed shadow roots by host, once there are any. */
  closedRoots: WeakMap<Element, ShadowRoot> | null = null;
  onForgotten: (node: Node) => void = () => undefined;
  /** Called for a told node that stands in a new one, while nobody saw it go from where it was or it is masked there. */
  onUnseenMove: (node: Node) => void = () => undefined;
  /** Called for told elements that are not of the page's own realm. */
  onStranger: (element: Element) => void = () => undefined;
  #sliceEnd_ms = Number.POSITIVE_INFINITY;
  #sliceEnd_slots = SLICE_SLOTS;
  #looked = 0;
  #over = false;
  /** Values of the attributes of the element that is being written. */
  readonly #values: (string | null)[] = [];
  /** What of them leaves. */
  readonly #names: SafeText[] = [];
  readonly #leaving: SafeText[] = [];
  readonly #numbers: Numbers;
  readonly #mask: Mask;
  readonly #facts: FactWriter<SafeText>;
  readonly #isOurs: (node: Node) => boolean;
  readonly #Element: typeof Element;

  constructor(
    numbers: Numbers,
    mask: Mask,
    facts: FactWriter<SafeText>,
    isOurs: (node: Node) => boolean,
    own: typeof Element,
  ) {
    this.#Element = own;
    this.#numbers = numbers;
    this.children = new Children(numbers);
    this.#mask = mask;
    this.#facts = facts;
    this.#isOurs = isOurs;
  }

  /** Begin a slice that may take so long. */
  beginSlice(length_ms: number): void {
    this.#sliceEnd_ms = performance.now() + length_ms;
    this.#sliceEnd_slots = this.#facts.slots.length + SLICE_SLOTS;
    this.#looked = 0;
    this.#over = false;
  }

  /** Whether the slice's time or size is used up; cheap enough to ask at every node. */
  isOver(): boolean {
    return this.#over || (++this.#looked % NODES_A_LOOK === 0 && this.#look());
  }

  #look(): boolean {
    this.#over = performance.now() > this.#sliceEnd_ms || this.#facts.slots.length > this.#sliceEnd_slots;
    return this.#over;
  }

  levelOf(node: Node): Level {
    return this.levels.get(node) ?? Level.Open;
  }

  /** Whether text and elements in a told parent begin open. */
  opens(parent: Node): boolean {
    if (parent.nodeType === 1) return this.levelOf(parent) === Level.Open;
    if (!this.#mask.maskAll) return true;
    return !this.#mask.isMasked(parent);
  }

  /** Whether a node shows within what is masked in its parent's shadow root. */
  isSlottedAway(node: Node): boolean {
    return this.#mask.isSlottedAway(node, node.parentNode);
  }

  /** What is masked by itself as well comes out when both masks have gone: its slot is kept in mind. */
  noteSlot(node: Node): boolean {
    const isAway = this.isSlottedAway(node);
    if (isAway) this.slottedAway.add(node);
    return isAway;
  }

  shadowOf(element: Element): ShadowRoot | null {
    return element.shadowRoot ?? this.closedRoots?.get(element) ?? null;
  }

  /** All told documents, shadow roots and contents of templates. */
  *roots(): Iterable<Document | ShadowRoot> {
    const document = this.#numbers.nodeOf(0);
    if (document) yield document as Document;
    yield* this.rootOf.values();
  }

  /** Tell a document or shadow root and as many children as the slice has time for. */
  writeRoot(host: Element | null, root: Document | ShadowRoot): void {
    const { slots } = this.#facts;
    const document = root.nodeType === 9 ? (root as Document) : null;
    const kind = !document ? kindOf(root as ShadowRoot) : host ? RootKind.Frame : RootKind.Document;
    const id = this.#numbers.add(root);
    slots.push(Op.Root, host ? (this.#numbers.idOf(host) ?? 0) : 0, id, kind);
    const isQuirks = document?.compatMode === "BackCompat";
    if (isQuirks) this.#mask.foldsCase = true;
    slots.push(isQuirks ? 1 : 0);
    slots.push(document ? this.#mask.base(document) : this.#mask.own(""));
    if (host) this.rootOf.set(host, root);
    const at = slots.push(0) - 1;
    slots[at] = this.#writeSiblings(root, id, root.firstChild, 0, this.opens(root));
  }

  /** Write one node and, while there is time, what is in it. */
  write(node: Node, open: boolean): void {
    const facts = this.#facts;
    switch (node.nodeType) {
      case 1:
        this.#writeElement(node as Element, open);
        return;
      case 3:
      case 4:
        this.#numbers.add(node);
        facts.textNode(this.#mask.text((node as Text).data, open && !this.noteSlot(node)));
        return;
      case 10:
        this.#numbers.add(node);
        facts.slots.push(NodeKind.Doctype);
        for (const part of this.#mask.doctype(node as DocumentType)) facts.str(part);
        return;
      default:
        this.#numbers.add(node);
        facts.slots.push(NodeKind.Comment);
    }
  }

  #writeElement(element: Element, open: boolean): void {
    const tag = element.localName;
    const facts = this.#facts;
    const { slots } = facts;
    const flags = this.tags.of(tag);
    const id = this.#numbers.add(element);
    if (flags & Tag.Hidden || this.#isOurs(element)) {
      this.levels.set(element, Level.Hidden);
      slots.push(NodeKind.Hidden);
      facts.str(this.#mask.tagName(tag));
      return;
    }
    // An element is asked for its attributes once, for its mask and for what is told of them.
    const names = element.getAttributeNames();
    const values = this.#values;
    const isAway = this.noteSlot(element);
    let suspect = isAway || (flags & Tag.Field) !== 0 || this.#mask.isSuspectByRule(element);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = element.getAttribute(name);
      values[i] = value;
      suspect ||= this.#mask.isSuspect(name, value);
    }
    if (!(element instanceof this.#Element)) this.onStranger(element);
    const level = suspect ? this.#mask.level(element, open) : Level.Open;
    if (level !== Level.Open) this.levels.set(element, level);
    const count = this.#choose(element, tag, level, names);
    if (level === Level.Box) {
      this.#writeBox(element, tag, count);
      return;
    }
    const namespace = element.namespaceURI;
    const kind = namespace === HTML ? NodeKind.Html : (NAMESPACES[namespace ?? ""] ?? NodeKind.Html);
    facts.element(kind, this.#mask.tagName(tag), this.#names, this.#leaving, count);
    const first = element.firstChild;
    if (flags & Tag.Noticed || this.shadowOf(element)) this.newcomers.push(element);
    else if (first && namespace === HTML && mayScroll(first) && (element.scrollTop || element.scrollLeft)) {
      this.newcomers.push(element);
    }
    if (!first || level === Level.Field || flags & Tag.Childless) {
      slots.push(0);
      if (!(flags & Tag.Childless) && level !== Level.Field) this.children.expand(id);
    } else if (this.isOver() && !isStyle(element)) {
      slots.push(-1);
      this.later.push(element);
    } else {
      const at = slots.push(0) - 1;
      slots[at] = this.#writeSiblings(element, id, first, 0, level === Level.Open);
    }
  }

  #writeBox(element: Element, tag: string, count: number): void {
    const facts = this.#facts;
    const { width, height } = sizeOf(element);
    facts.slots.push(NodeKind.Masked);
    facts.str(this.#mask.tagName(tag));
    facts.slots.push(width, height);
    const view = element.ownerDocument.defaultView;
    facts.str(this.#mask.display(view ? view.getComputedStyle(element).display : "block"));
    facts.slots.push(count);
    for (let i = 0; i < count; i++) {
      facts.str(this.#names[i] as SafeText);
      facts.str(this.#leaving[i] as SafeText);
    }
    this.newcomers.push(element);
  }

  /** Collect which of the attributes, of which `#values` has the values, may leave; returns how many. */
  #choose(element: Element, tag: string, level: Level, names: readonly string[]): number {
    let count = 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = this.#values[i] as string | null;
      const leaving = value === null ? null : this.#mask.attribute(element, tag, level, name, value);
      if (leaving === null) continue;
      this.#names[count] = this.#mask.attributeName(name);
      this.#leaving[count++] = leaving;
    }
    const kind = level === Level.Field || level === Level.Box ? this.#mask.kindOf(element) : null;
    if (kind !== null) {
      this.#names[count] = this.#mask.attributeName(MASKED_KIND);
      this.#leaving[count++] = kind;
    }
    return count;
  }

  /** Write children from `first` on, after the told one of number `last`, while there is time; returns how many. */
  #writeSiblings(parent: Node, id: number, first: Node | null, last: number, open: boolean): number {
    let previous = last;
    let count = 0;
    this.children.expand(id);
    for (let child = first; child; child = child.nextSibling) {
      if (this.detached.size && this.#numbers.has(child)) {
        // What shows within a masked part here, or did where it came from, is told anew.
        if (this.detached.has(child) && !this.slottedAway.has(child) && !this.isSlottedAway(child)) {
          this.unfinished.add(parent);
          continue;
        }
        this.onUnseenMove(child);
      }
      if ((this.#over ? count >= NODES_A_LOOK : this.isOver() && count > 0) && !isStyle(parent)) {
        this.wait(parent);
        break;
      }
      const number = this.#numbers.next;
      this.children.append(id, previous, number);
      previous = number;
      this.write(child, open);
      count++;
    }
    return count;
  }

  /** Leave the children after the last told one to a later slice. */
  wait(parent: Node): void {
    this.partial.add(parent);
    this.later.push(parent);
  }

  /** Tell children of a node that came unexpanded, or those after the last told one. */
  continue(parent: Node): void {
    const id = this.#numbers.idOf(parent);
    // It may have been masked since it was left for later.
    if (id === undefined || this.levelOf(parent) > Level.Shell) return;
    const { slots } = this.#facts;
    const known = this.children.of(parent);
    if (known && !this.partial.delete(parent)) return;
    const last = known?.at(-1);
    const lastId = last ? (this.#numbers.idOf(last) as number) : 0;
    if (known) slots.push(Op.Insert, id, lastId, this.#numbers.next);
    else slots.push(Op.Expand, id, this.#numbers.next);
    const at = slots.push(0) - 1;
    const next = last ? last.nextSibling : parent.firstChild;
    slots[at] = this.#writeSiblings(parent, id, next, lastId, this.opens(parent));
  }

  /** Forget a told node and all told inside, wherever the page has it now. */
  forget(node: Node): void {
    if (!this.#numbers.has(node)) return;
    const children = this.children.of(node);
    this.#numbers.release(node);
    this.levels.delete(node);
    this.partial.delete(node);
    this.detached.delete(node);
    this.slottedAway.delete(node);
    const root = this.rootOf.get(node);
    if (root) {
      this.rootOf.delete(node);
      this.forget(root);
    }
    if (children) for (const child of children) this.forget(child);
    if (node.nodeType !== 3) this.onForgotten(node);
  }
}

function kindOf(root: ShadowRoot): RootKind {
  if (!root.host) return RootKind.Template;
  return root.slotAssignment === "manual" ? RootKind.ManualShadow : RootKind.Shadow;
}

/** Told in one piece: each piece of its text would make a new sheet, without the edits told before. */
export function isStyle(node: Node): boolean {
  return (node as Element).localName === "style";
}

/** Whether it is worth asking for a scroll offset, which costs more than what is asked here. */
function mayScroll(first: ChildNode): boolean {
  if (first.nodeType !== 3 || first.nextSibling) return true;
  return (first as Text).length >= SCROLLABLE_TEXT_LENGTH;
}

/** Size of a box in CSS pixels before transforms. */
export function sizeOf(element: Element): { width: number; height: number } {
  const box = element as HTMLElement;
  if (typeof box.offsetWidth === "number") return { width: box.offsetWidth, height: box.offsetHeight };
  const rect = element.getBoundingClientRect();
  return { width: Math.round(rect.width), height: Math.round(rect.height) };
}
