/**
 * What changed since the last batch. The observer's callback only fills these sets; they are bounded by the page's size,
 * however long a batch must wait.
 */
import type { Numbers } from "../nodes/numbers.ts";
import type { Tree } from "./tree.ts";

/** Names that are in no namespace. Records are objects of the browser: each question costs. */
const PLAIN = /^(?:class|style|data-.*|aria-.*)$/;

/** By these a field of the page, and that of the agent, may come to another value or choice, each by itself. */
const OF_FIELDS = /^(?:checked|max|min|multiple|selected|size|step|type|value)$/;

export class Dirty {
  /** Expanded nodes whose children may differ. */
  readonly parents = new Set<Node>();
  /** Those of them from which a child was taken. */
  readonly bereft = new Set<Node>();
  /** Names of changed attributes, mostly one; for `style` the value that was told. */
  readonly attributes = new Map<Element, string | Set<string>>();
  readonly styles = new Map<Element, string>();
  /** Changed texts, with the data that was told. */
  readonly texts = new Map<Text, string>();
  /** Told nodes that were moved while we watched. */
  readonly moved = new Set<Node>();
  /** Told nodes that were out of the page for a while: what happened to them there was not seen. */
  readonly away = new Set<Node>();
  /** Hosts of which a slot may have come into a masked part, or out of it. */
  readonly hosts = new Set<Node>();
  /** Called for a text or child change in a node whose children are not told (a textarea), and when a field's attributes or a select's options change. */
  onInside: (parent: Node) => void = () => undefined;
  /** Called when an input's type changes from password. */
  onPasswordShown: (element: Element) => void = () => undefined;
  readonly #numbers: Numbers;
  readonly #tree: Tree;

  constructor(numbers: Numbers, tree: Tree) {
    this.#numbers = numbers;
    this.#tree = tree;
  }

  get any(): boolean {
    return this.parents.size + this.attributes.size + this.texts.size + this.away.size + this.hosts.size > 0;
  }

  /** Take records in; changes to nodes not yet told are left to the walk (SPEC F7). */
  collect(records: readonly MutationRecord[]): void {
    if (!records.length) return;
    const awayBefore = this.away.size;
    for (const record of records) {
      const { type } = record;
      if (type === "attributes") this.#attribute(record);
      else if (type === "childList") this.#children(record);
      else this.#text(record);
    }
    for (const node of this.#tree.slottedAway) if (node.parentNode) this.hosts.add(node.parentNode);
    if (this.away.size === awayBefore) return;
    for (const node of this.moved) if (!node.isConnected) this.#goAway(node);
  }

  #children(record: MutationRecord): void {
    const parent = record.target;
    const removed = record.removedNodes;
    if (this.#tree.children.has(parent)) {
      this.parents.add(parent);
      if (removed.length > 0) this.bereft.add(parent);
      const tag = (parent as Element).localName;
      if (tag === "select" || tag === "optgroup") this.onInside(parent);
    } else if (this.#numbers.has(parent)) this.onInside(parent);
    for (let i = 0; i < removed.length; i++) this.#left(removed[i] as Node);
  }

  /** A node left its place: it moved, or it is out. A node not told may hold told ones. */
  #left(node: Node): void {
    if (!this.#numbers.has(node)) {
      for (let child = node.firstChild; child; child = child.nextSibling) this.#left(child);
    } else if (node.isConnected) {
      this.moved.add(node);
    } else {
      this.#goAway(node);
    }
  }

  #goAway(node: Node): void {
    this.moved.delete(node);
    this.away.add(node);
  }

  #attribute(record: MutationRecord): void {
    const element = record.target as Element;
    const name = record.attributeName as string;
    if (name === "type" && record.oldValue?.toLowerCase() === "password") this.onPasswordShown(element);
    if (!this.#numbers.has(element)) {
      // It waits for the walk, but what its slots show may be told: its mask holds for that as well.
      const { host } = element.getRootNode() as Partial<ShadowRoot>;
      if (host) this.hosts.add(host);
      return;
    }
    if (OF_FIELDS.test(name)) this.onInside(element);
    const changed = !PLAIN.test(name) && record.attributeNamespace ? qualified(record) : name;
    const names = this.attributes.get(element);
    if (names === undefined) this.attributes.set(element, changed);
    else if (typeof names !== "string") names.add(changed);
    else if (names !== changed) this.attributes.set(element, new Set([names, changed]));
    if (name === "style" && !this.styles.has(element)) this.styles.set(element, record.oldValue ?? "");
  }

  #text(record: MutationRecord): void {
    const text = record.target as Text;
    if (this.#numbers.has(text)) {
      if (!this.texts.has(text)) this.texts.set(text, record.oldValue ?? "");
    } else if (text.parentNode && this.#numbers.has(text.parentNode)) {
      this.onInside(text.parentNode);
    }
  }

  clear(): void {
    this.parents.clear();
    this.bereft.clear();
    this.attributes.clear();
    this.styles.clear();
    this.texts.clear();
    this.moved.clear();
    this.away.clear();
    this.hosts.clear();
  }
}

/** The record has the local name; facts and `getAttribute` use the qualified one (`xlink:href`). */
function qualified(record: MutationRecord): string {
  const name = record.attributeName as string;
  const found = (record.target as Element).getAttributeNodeNS(record.attributeNamespace, name);
  return found ? found.name : record.attributeNamespace?.endsWith("xlink") ? `xlink:${name}` : name;
}
