/** The told documents and shadow roots, and what runs in each of them. */
import type { Root } from "./context.ts";
import { type Stop, stopAll, type View } from "./natives.ts";

type Begin = (root: Root, view: View) => Stop;

export interface Roots {
  onRoot(begin: Begin): void;
  begin(root: Root): void;
  /** All that are told now. */
  told(): Iterable<Root>;
  end(root: Node): void;
  stop: Stop;
}

export function createRoots(page: View): Roots {
  const begins: Begin[] = [];
  const running = new Map<Node, Stop[]>();

  function run(begin: Begin, root: Root, stops: Stop[]): void {
    const document = root.nodeType === 9 ? (root as Document) : root.ownerDocument;
    stops.push(begin(root, (document?.defaultView as View | null) ?? page));
  }
  return {
    onRoot(begin) {
      begins.push(begin);
      for (const [root, stops] of running) run(begin, root as Root, stops);
    },
    begin(root) {
      const stops: Stop[] = [];
      running.set(root, stops);
      for (const begin of begins) run(begin, root, stops);
    },
    told: () => running.keys() as Iterable<Root>,
    end(root) {
      stopAll(running.get(root) ?? []);
      running.delete(root);
    },
    stop() {
      for (const stops of running.values()) stopAll(stops);
      running.clear();
    },
  };
}
