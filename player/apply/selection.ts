/**
 * The visitor's selection: a real one of the stage's document, that the page's `::selection` holds, and under it a highlight, because
 * browsers paint a selection pale where the focus is not.
 */
import { Op } from "#protocol/facts";
import { isDocument } from "../nodes/numbers.ts";
import type { Kinds, Mirror } from "./mirror.ts";

/** Painted by the stage's own sheet. */
export const SELECTION = "twinpane-selection";

type View = Window & typeof globalThis;

function lengthOf(node: Node): number {
  return node.nodeType === 3 ? (node as Text).data.length : node.childNodes.length;
}

export function startSelection({ nodes, rootBegins }: Mirror): Kinds {
  const views = new Set<View>();

  function paint(anchor: Node, anchorOffset: number, focus: Node, focusOffset: number): void {
    const document = anchor.ownerDocument;
    const view = document?.defaultView as View | null | undefined;
    if (!document || !view?.CSS?.highlights || anchor.getRootNode() !== focus.getRootNode()) return;
    const range = document.createRange();
    range.setStart(anchor, Math.min(anchorOffset, lengthOf(anchor)));
    range.setEnd(focus, Math.min(focusOffset, lengthOf(focus)));
    if (range.collapsed) {
      // The focus comes before the anchor; setEnd has moved the start there.
      range.setEnd(anchor, Math.min(anchorOffset, lengthOf(anchor)));
    }
    view.CSS.highlights.set(SELECTION, new view.Highlight(range));
    views.add(view);
    document
      .getSelection()
      ?.setBaseAndExtent(
        anchor,
        Math.min(anchorOffset, lengthOf(anchor)),
        focus,
        Math.min(focusOffset, lengthOf(focus)),
      );
  }

  rootBegins.push((root) => {
    if (isDocument(root)) (root.defaultView as View | null)?.CSS?.highlights?.delete(SELECTION);
  });
  return {
    [Op.Selection]: (facts) => {
      const [anchor, anchorOffset, focus, focusOffset] = [facts.num(), facts.num(), facts.num(), facts.num()];
      for (const view of views) {
        view.CSS.highlights.delete(SELECTION);
        view.getSelection()?.removeAllRanges();
      }
      views.clear();
      if (anchor >= 0) paint(nodes.node(anchor), anchorOffset, nodes.node(focus), focusOffset);
    },
  };
}
