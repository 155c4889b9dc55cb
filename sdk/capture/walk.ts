/** Tells the page in slices, in document order, and lets the page go on between them (SPEC F7). */
import type { Tree } from "./tree.ts";

export const SLICE_MS = 8;

export interface Walk {
  /** Whether nodes wait to be told. */
  readonly waiting: boolean;
  /** Tell on until the slice is over. */
  slice(): void;
}

export function walkOf(tree: Tree): Walk {
  /** Nodes to go on with, the next one last. */
  const ahead: Node[] = [];

  /** What was found in a slice comes before what waits already. */
  function takeUp(): void {
    while (tree.later.length) ahead.push(tree.later.pop() as Node);
  }
  return {
    get waiting() {
      return ahead.length + tree.later.length > 0;
    },
    slice() {
      takeUp();
      for (let node = ahead.pop(); node; node = ahead.pop()) {
        tree.continue(node);
        takeUp();
        if (tree.isOver()) break;
      }
    },
  };
}
