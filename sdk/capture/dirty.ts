/**
 * What changed since the last batch. The observer's callback only fills these sets; they are bounded by the page's size,
 * however long a batch must wait.
 */
import type { Numbers } from "../nodes/numbers.ts";
import type { Tree } from "./tree.ts";

export class Dirty {
  /** Expanded nodes whose children may differ. */
  readonly parents = new Set<Node>();
  /** Names of changed attributes; for `style` the value that was told. */
  readonly attributes = new Map<Element, Set<string>>();
  readonly styles = new Map<Element, string>();
  /** Changed texts, with the data that was told. */
  readonly texts = new Map<Text, string>();
  /** Told nodes that were moved while we watched. */
  readonly moved = new Set<Node>();
  /** Told nodes that were out of the page for a while: what happened to them there was not seen. */
  readonly away = new Set<Node>();
  /** Called for a text or child change in a node whose children are not told (a textarea). */
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
    return this.parents.size + this.attributes.size + this.texts.size + this.away.size > 0;
  }

  /** Take records in; changes to nodes not yet told are left to the walk (SPEC F7). */
  collect(records: readonly MutationRecord[]): void {
    const awayBefore = this.away.size;
    for (const record of records) {
      if (record.type === "childList") this.#children(record);
      else if (record.type === "attributes") this.#attribute(record);
      else this.#text(record);
    }
    if (this.away.size === awayBefore) return;
    for (const node of this.moved) if (!node.isConnected) this.#goAway(node);
  }

  #children(record: MutationRecord): void {
    const parent = record.target;
    if (this.#tree.children.has(parent)) this.parents.add(parent);
    else if (this.#numbers.has(parent)) this.onInside(parent);
    for (const node of record.removedNodes) this.#left(node);
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
    if (!this.#numbers.has(element)) return;
    const names = this.attributes.get(element);
    if (names) names.add(qualified(record));
    else this.attributes.set(element, new Set([qualified(record)]));
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
    this.attributes.clear();
    this.styles.clear();
    this.texts.clear();
    this.moved.clear();
    this.away.clear();
  }
}

/** The record has the local name; facts and `getAttribute` use the qualified one (`xlink:href`). */
function qualified(record: MutationRecord): string {
  const name = record.attributeName as string;
  if (!record.attributeNamespace) return name;
  const found = (record.target as Element).getAttributeNodeNS(record.attributeNamespace, name);
  return found ? found.name : record.attributeNamespace.endsWith("xlink") ? `xlink:${name}` : name;
}
