/** Numbers of the page's nodes (SPEC F6): ascending, never used twice in an epoch; the main document is 0. */
import type { NodeNumbers } from "../ports.ts";

/** So many numbers that follow one another are kept together, and let go together. */
const PAGE = 256;

/** What is kept beside each number. */
interface Page {
  readonly nodes: (Node | undefined)[];
  /** As `capture/children.ts` has them. */
  readonly first: number[];
  readonly next: number[];
  held: number;
}

export class Numbers implements NodeNumbers {
  readonly #ids = new Map<Node, number>();
  readonly #pages: (Page | undefined)[] = [];
  /** Pages of which every number was released. */
  readonly #empty: number[] = [];
  readonly #masked: (node: Node) => boolean;
  #next = 0;

  /** `masked` answers for any node of the page, told or not. */
  constructor(masked: (node: Node) => boolean) {
    this.#masked = masked;
  }

  /** The number that the next node will get. */
  get next(): number {
    return this.#next;
  }

  add(node: Node): number {
    const id = this.#next++;
    if (id % PAGE === 0) this.#pages.push({ nodes: [], first: [], next: [], held: 0 });
    const page = this.#pages.at(-1) as Page;
    page.nodes.push(node);
    page.first.push(-1);
    page.next.push(0);
    page.held++;
    this.#ids.set(node, id);
    return id;
  }

  /** Forget a node; its number stays used. */
  release(node: Node): void {
    const id = this.#ids.get(node);
    if (id === undefined) return;
    this.#ids.delete(node);
    const page = this.#page(id) as Page;
    page.nodes[id % PAGE] = undefined;
    if (--page.held === 0 && page.nodes.length === PAGE) this.#empty.push(Math.floor(id / PAGE));
  }

  /** Give back the room of released numbers; what leads from one of them to another is lost. */
  tidy(): void {
    for (const page of this.#empty) this.#pages[page] = undefined;
    this.#empty.length = 0;
  }

  has(node: Node): boolean {
    return this.#ids.has(node);
  }

  idOf(node: Node): number | undefined {
    return this.#ids.get(node);
  }

  nodeOf(id: number): Node | undefined {
    return this.#page(id)?.nodes[id % PAGE];
  }

  firstOf(id: number): number {
    return this.#page(id)?.first[id % PAGE] ?? -1;
  }

  setFirst(id: number, first: number): void {
    const page = this.#page(id);
    if (page) page.first[id % PAGE] = first;
  }

  nextOf(id: number): number {
    return this.#page(id)?.next[id % PAGE] ?? 0;
  }

  setNext(id: number, next: number): void {
    const page = this.#page(id);
    if (page) page.next[id % PAGE] = next;
  }

  isMasked(node: Node): boolean {
    return this.#masked(node);
  }

  #page(id: number): Page | undefined {
    return this.#pages[Math.floor(id / PAGE)];
  }
}
