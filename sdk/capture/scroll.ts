/** Scroll offsets of every box and viewport. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";

export function startScroll(context: Context): Stop {
  const { numbers, facts, tree } = context;
  const scrolled = new Set<Node>();
  const told = new WeakMap<Node, string>();

  function tell(node: Node): void {
    const id = numbers.idOf(node);
    if (id === undefined || tree.levels.has(node)) return;
    const box = node.nodeType === 9 ? (node as Document).scrollingElement : (node as Element);
    if (!box) return;
    const x = Math.round(box.scrollLeft);
    const y = Math.round(box.scrollTop);
    if ((told.get(node) ?? `${id} 0 0`) === `${id} ${x} ${y}`) return;
    told.set(node, `${id} ${x} ${y}`);
    facts.slots.push(Op.Scroll, id, x, y);
  }
  context.onRoot((root) => {
    if (root.nodeType === 9) scrolled.add(root);
    return listen(root, "scroll", (event) => {
      scrolled.add(event.target as Node);
      context.soon();
    });
  });
  context.onScrolled((element) => scrolled.add(element));
  context.onBatch(() => {
    for (const node of scrolled) tell(node);
    scrolled.clear();
  });
  return () => scrolled.clear();
}
