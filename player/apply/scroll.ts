/** Scroll offsets, kept until the content is large enough for them. */
import { Op } from "#protocol/facts";
import { isDocument, isElement } from "../nodes/numbers.ts";
import type { Kinds, Mirror } from "./mirror.ts";

export function startScroll({ nodes, settle, rootBegins }: Mirror): Kinds {
  const wanted = new Map<Node, { x: number; y: number }>();

  function scrollNow(): void {
    for (const [node, { x, y }] of wanted) {
      const box = isDocument(node) ? node.scrollingElement : isElement(node) ? node : null;
      if (!node.isConnected || (box === null && isDocument(node) && !node.defaultView)) wanted.delete(node);
      if (!box) continue;
      box.scrollTo({ left: x, top: y, behavior: "instant" });
      if (Math.abs(box.scrollLeft - x) < 1.5 && Math.abs(box.scrollTop - y) < 1.5) wanted.delete(node);
    }
  }

  settle.push(scrollNow);
  // Late pictures and sheets make boxes grow.
  rootBegins.push((root) => root.addEventListener("load", scrollNow, true));
  return {
    [Op.Scroll]: (facts) => {
      wanted.set(nodes.node(facts.num()), { x: facts.num(), y: facts.num() });
    },
  };
}
