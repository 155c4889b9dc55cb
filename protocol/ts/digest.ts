/**
 * The fidelity receipt (SPEC F20): page and player digest the same nodes, each from its own tree, and the player compares. Only what
 * was told goes in, so a digest says no more of a masked node than its facts did.
 */

/** Attributes that stand on the stage as they were told; others are rewritten there, or left out. */
const COMPARED =
  /^(?:class|id|title|lang|dir|hidden|disabled|colspan|rowspan|alt|placeholder|for|data-(?!twinpane)[a-z\d._:-]*)$/;
/** Of a longer text both ends count. */
const TEXT_MAX_LENGTH = 8192;

/** A tree as one side sees it. */
export interface TreeSide {
  /** The number of a node that was told. */
  idOf(node: Node): number | undefined;
  /** An attribute as it was told; null for one that was not. */
  attribute(element: Element, name: string, value: string): string | null;
  text(text: Text): string;
  /** Whether a node's children were told. */
  isExpanded(node: Node): boolean;
  /** The document or shadow root that was told for an element. */
  rootIn(element: Element): Node | null | undefined;
}

/** Collects 32 bits over nodes; the order counts. FNV-1a, by UTF-16 units. */
export class TreeDigest {
  #hash = 0x811c9dc5;
  readonly #side: TreeSide;

  constructor(side: TreeSide) {
    this.#side = side;
  }

  get value(): number {
    return this.#hash >>> 0;
  }

  /** Add a node: its number, what it says, the numbers of its children in order. What is in those is theirs to add. */
  add(id: number, node: Node): void {
    this.#number(id);
    if (node.nodeType === 3 || node.nodeType === 4) this.#number(hashOf(this.#side.text(node as Text)));
    if (node.nodeType === 1) this.#element(node as Element);
    if (!this.#side.isExpanded(node)) return;
    for (let child = node.firstChild; child; child = child.nextSibling) this.#number(this.#side.idOf(child) ?? -1);
  }

  #element(element: Element): void {
    let sum = 0;
    if (element.hasAttributes()) {
      for (const name of element.getAttributeNames()) {
        if (!COMPARED.test(name)) continue;
        const told = this.#side.attribute(element, name, element.getAttribute(name) ?? "");
        // Summed up: two sides may have set them in another order.
        if (told !== null) sum = (sum + hashOf(told, hashOf(name))) | 0;
      }
    }
    this.#number(sum);
    const root = this.#side.rootIn(element);
    this.#number(root ? (this.#side.idOf(root) ?? -1) : -1);
  }

  #number(value: number): void {
    this.#hash = Math.imul(this.#hash ^ value, 0x01000193) ^ (this.#hash >>> 15);
  }
}

/** Whether an attribute is one of those that both sides have alike. */
export function isCompared(name: string): boolean {
  return COMPARED.test(name);
}

function hashOf(text: string, seed = 0x811c9dc5): number {
  const { length } = text;
  let hash = seed ^ length;
  const head = length > TEXT_MAX_LENGTH ? TEXT_MAX_LENGTH / 2 : length;
  for (let at = 0; at < head; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const tail = Math.max(head, length - TEXT_MAX_LENGTH / 2);
  for (let at = tail; at < length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
