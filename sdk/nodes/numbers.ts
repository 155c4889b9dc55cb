/** Numbers of the page's nodes (SPEC F6): ascending, never used twice in an epoch; the main document is 0. */
import type { NodeNumbers } from "../ports.ts";

export class Numbers implements NodeNumbers {
  readonly #ids = new Map<Node, number>();
  readonly #nodes: (Node | undefined)[] = [];
  readonly #masked: (node: Node) => boolean;

  /** `masked` answers for any node of the page, told or not. */
  constructor(masked: (node: Node) => boolean) {
    this.#masked = masked;
  }

  /** The number that the next node will get. */
  get next(): number {
    return this.#nodes.length;
  }

  add(node: Node): number {
    const id = this.#nodes.length;
    this.#nodes.push(node);
    this.#ids.set(node, id);
    return id;
  }

  /** Forget a node; its number stays used. */
  release(node: Node): void {
    const id = this.#ids.get(node);
    if (id === undefined) return;
    this.#ids.delete(node);
    this.#nodes[id] = undefined;
  }

  has(node: Node): boolean {
    return this.#ids.has(node);
  }

  idOf(node: Node): number | undefined {
    return this.#ids.get(node);
  }

  nodeOf(id: number): Node | undefined {
    return this.#nodes[id];
  }

  isMasked(node: Node): boolean {
    return this.#masked(node);
  }
}
