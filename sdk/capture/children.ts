/**
 * The told children of every expanded node, as numbers that lead from one to the next: copies of the page's lists would be most of
 * what capture keeps. Numbers that were released are passed over.
 */
import type { Numbers } from "../nodes/numbers.ts";

/** The main document, nobody's child: no child, or no more. */
const NONE = 0;
const UNEXPANDED = -1;

export class Children {
  readonly #numbers: Numbers;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Whether a node is told with its children, be they none. */
  has(parent: Node): boolean {
    const id = this.#numbers.idOf(parent);
    return id !== undefined && this.#numbers.firstOf(id) !== UNEXPANDED;
  }

  /** Return a node's children as the agent has them; null when it is not expanded. */
  of(parent: Node): Node[] | null {
    const id = this.#numbers.idOf(parent);
    const first = id === undefined ? UNEXPANDED : this.#numbers.firstOf(id);
    if (first === UNEXPANDED) return null;
    const children: Node[] = [];
    for (let at = first; at !== NONE; at = this.#numbers.nextOf(at)) {
      const child = this.#numbers.nodeOf(at);
      if (child) children.push(child);
    }
    return children;
  }

  /** Make these the children of a told node; what has no number is none. */
  set(parent: Node, children: readonly Node[]): void {
    const id = this.#numbers.idOf(parent);
    if (id === undefined) return;
    let last = NONE;
    this.#numbers.setFirst(id, NONE);
    for (const child of children) {
      const next = this.#numbers.idOf(child);
      if (next === undefined) continue;
      this.append(id, last, next);
      last = next;
    }
    if (last !== NONE) this.#numbers.setNext(last, NONE);
  }

  /** Expand a node by its number. */
  expand(parent: number): void {
    if (this.#numbers.firstOf(parent) === UNEXPANDED) this.#numbers.setFirst(parent, NONE);
  }

  /** Add a child behind the last one (0: there is none), all by their numbers. */
  append(parent: number, last: number, child: number): void {
    if (last === NONE) this.#numbers.setFirst(parent, child);
    else this.#numbers.setNext(last, child);
  }
}
