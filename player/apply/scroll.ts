/** Scroll offsets, kept until the content is large enough for them. */
import { Op } from "#protocol/facts";
import { isDocument, isElement } from "../nodes/numbers.ts";
import type { Kinds, Mirror } from "./mirror.ts";

/** Sees each stage's scale change, for the picture that is on it. */
const SCALES = new WeakMap<Element, MutationObserver>();

interface Offset {
  x: number;
  y: number;
}

/** What a node's offsets move: of a document its viewport. */
function boxOf(node: Node): Element | null {
  return isDocument(node) ? node.scrollingElement : isElement(node) ? node : null;
}

function isAt(box: Element, { x, y }: Offset): boolean {
  return Math.abs(box.scrollLeft - x) < 1.5 && Math.abs(box.scrollTop - y) < 1.5;
}

export function startScroll({ frame, nodes, settle, rootBegins }: Mirror): Kinds {
  const wanted = new Map<Node, Offset>();
  const told = new Map<Node, Offset>();

  function scrollNow(): void {
    for (const node of told.keys()) if (!node.isConnected) told.delete(node);
    for (const [node, at] of wanted) {
      const box = boxOf(node);
      if (!node.isConnected || (box === null && isDocument(node) && !node.defaultView)) wanted.delete(node);
      if (!box) continue;
      box.scrollTo({ left: at.x, top: at.y, behavior: "instant" });
      if (isAt(box, at)) wanted.delete(node);
    }
  }

  /** Browsers round an offset to the pixels of the scale at which it was set; at another one it is set anew. */
  function scrollAgain(): void {
    for (const [node, at] of told) {
      const box = boxOf(node);
      if (!box || !(at.x || at.y) || !isAt(box, at)) continue;
      box.scrollTo({ left: 0, top: 0, behavior: "instant" }); // One that is close enough already would stay as it is.
      box.scrollTo({ left: at.x, top: at.y, behavior: "instant" });
    }
  }

  // Whoever shows the stage scales the element around it.
  const scales = new MutationObserver(scrollAgain);
  SCALES.get(frame)?.disconnect();
  SCALES.set(frame, scales);
  if (frame.parentElement) scales.observe(frame.parentElement, { attributes: true, attributeFilter: ["style"] });

  settle.push(scrollNow);
  // Late pictures and sheets make boxes grow.
  rootBegins.push((root) => root.addEventListener("load", scrollNow, true));
  return {
    [Op.Scroll]: (facts) => {
      const node = nodes.node(facts.num());
      const at = { x: facts.num(), y: facts.num() };
      wanted.set(node, at);
      told.set(node, at);
    },
  };
}
