/** Numbers of the mirror's nodes in one epoch (SPEC F6). */
import { BadFacts } from "#protocol/facts";

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

export function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

export function isDocument(node: Node): node is Document {
  return node.nodeType === 9;
}

/** A document or a shadow root. Nodes of the stage belong to another realm, so `instanceof` tells nothing. */
export function isRoot(node: Node): node is Document | ShadowRoot {
  return isDocument(node) || (node.nodeType === 11 && "host" in node);
}

/** An iframe, or a frame of a frameset. */
export function isFrame(node: Node): node is HTMLIFrameElement {
  return isElement(node) && (node.localName === "iframe" || node.localName === "frame");
}

export function isTemplate(node: Node): node is HTMLTemplateElement {
  return isElement(node) && node.localName === "template" && "content" in node;
}

/** The node one step further out: the parent, the host of a shadow root, the frame of a document. */
export function outerNode(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  if (isDocument(node)) return node.defaultView?.frameElement ?? null;
  return isRoot(node) ? (node as ShadowRoot).host : null;
}

/** Both directions; a node that is not on the stage any more has no number. */
export class NodeNumbers {
  #nodes = new Map<number, Node>();
  #ids = new WeakMap<Node, number>();

  idOf(node: Node): number | undefined {
    return this.#ids.get(node);
  }

  nodeOf(id: number): Node | undefined {
    return this.#nodes.get(id);
  }

  /** Number a new node. Throws BadFacts if the number is taken. */
  add(id: number, node: Node): void {
    if (!Number.isInteger(id) || id < 0 || this.#nodes.has(id)) throw new BadFacts(`node ${id} told twice`);
    this.#nodes.set(id, node);
    this.#ids.set(node, id);
  }

  /** Throws BadFacts for a number that nothing has. */
  node(id: number): Node {
    const node = this.#nodes.get(id);
    if (!node) throw new BadFacts(`no node ${id}`);
    return node;
  }

  /** Throws BadFacts if there is no such element. */
  element(id: number): HTMLElement {
    const node = this.node(id);
    if (!isElement(node)) throw new BadFacts(`node ${id} is no element`);
    return node as HTMLElement;
  }

  /** Throws BadFacts if there is no such document or shadow root. */
  root(id: number): Document | ShadowRoot {
    const node = this.node(id);
    if (!isRoot(node)) throw new BadFacts(`node ${id} is no root`);
    return node;
  }

  /** Forget a node and all inside, shadow trees and frames included. */
  forget(node: Node): void {
    const id = this.#ids.get(node);
    if (id !== undefined) {
      this.#nodes.delete(id);
      this.#ids.delete(node);
    }
    this.forgetInside(node);
  }

  /** Forget all inside a node. */
  forgetInside(node: Node): void {
    for (let child = node.firstChild; child; child = child.nextSibling) this.forget(child);
    if (!isElement(node)) return;
    if (node.shadowRoot) this.forget(node.shadowRoot);
    if (isFrame(node) && node.contentDocument) this.forget(node.contentDocument);
    if (isTemplate(node)) this.forget(node.content);
  }
}
