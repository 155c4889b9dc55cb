/** Turns a place in a node's box into the element that a real pointer would hit there. */
import type { Box } from "#ink/shapes";
import { elementOf, frameDocument, isAround, isDocument, isElement, rootsAround, type View, viewOf } from "./tree.ts";

/** Where a pointer is: x, y in CSS pixels of the viewport of the element's own window. */
export interface Place {
  element: HTMLElement;
  view: View;
  x: number;
  y: number;
}

interface Point {
  x: number;
  y: number;
}

function boxOf(node: Node, view: View): DOMRect {
  if (isDocument(node)) return new view.DOMRect(0, 0, view.innerWidth, view.innerHeight);
  if (isElement(node)) return node.getBoundingClientRect();
  const range = view.document.createRange();
  range.selectNodeContents(node);
  return range.getBoundingClientRect();
}

/** A pointer at the far edge of a box (fraction 1) is already outside it. */
function along(start: number, size: number, fraction: number): number {
  return start + Math.max(0, Math.min(size * fraction, size - 0.5));
}

/** Where a frame's viewport begins in its parent's, and how much it is scaled. */
function frameOffset(frame: HTMLElement): Point & { scale: number } {
  const box = frame.getBoundingClientRect();
  const scale = frame.offsetWidth ? box.width / frame.offsetWidth : 1;
  const style = viewOf(frame)?.getComputedStyle(frame);
  const padding = (side: string) => Number.parseFloat(style?.getPropertyValue(`padding-${side}`) ?? "") || 0;
  return {
    x: box.left + (frame.clientLeft + padding("left")) * scale,
    y: box.top + (frame.clientTop + padding("top")) * scale,
    scale,
  };
}

function outOfFrames(page: Window, view: View, point: Point): Point {
  for (let at = view; at !== page && at.frameElement; at = at.parent as View) {
    const { x, y, scale } = frameOffset(at.frameElement as HTMLElement);
    point = { x: x + point.x * scale, y: y + point.y * scale };
  }
  return point;
}

/** The topmost element at a point of the page that is not ours, entering frames and shadow roots. */
function hit(page: Window, target: Node, point: Point, isOurs: (node: Node) => boolean): Place | null {
  const closed = rootsAround(target);
  const top = (root: Document | ShadowRoot) => root.elementsFromPoint(point.x, point.y).find((e) => !isOurs(e));
  let root: Document | ShadowRoot = page.document;
  let element = top(root);
  while (element) {
    const frame = frameDocument(element);
    const next: Document | ShadowRoot | null | undefined = frame ?? closed.get(element) ?? element.shadowRoot;
    if (!next || next === root) break;
    const before = point;
    if (frame) {
      const { x, y, scale } = frameOffset(element as HTMLElement);
      point = { x: (point.x - x) / scale, y: (point.y - y) / scale };
    }
    const inner = top(next);
    if (!inner || inner.getRootNode() !== next) {
      point = before;
      break;
    }
    root = next;
    element = inner;
  }
  const view = element && viewOf(element);
  return view ? { element: element as HTMLElement, view, ...point } : null;
}

/**
 * Find what a pointer at a place in a node's box is on. What lies over the node counts, as for a real pointer; what is
 * merely around it (a gap between the lines of a link) does not. Null when the node has no box.
 */
export function placeIn(
  page: Window,
  node: Node,
  fraction: { fx: number; fy: number },
  isOurs: (node: Node) => boolean,
): Place | null {
  const view = viewOf(node);
  const element = elementOf(node);
  if (!view || !element) return null;
  const box = boxOf(node, view);
  if (!box.width && !box.height) return null;
  const point = { x: along(box.left, box.width, fraction.fx), y: along(box.top, box.height, fraction.fy) };
  const found = hit(page, node, outOfFrames(page, view, point), isOurs);
  if (!found || (!isDocument(node) && isAround(found.element, element))) return { element, view, ...point };
  return found;
}

/** The box of an element in the page's own viewport; null when its document is not shown. */
export function boxIn(page: Window, element: Element): Box | null {
  const view = viewOf(element);
  if (!view) return null;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const from = outOfFrames(page, view, { x: left, y: top });
  const to = outOfFrames(page, view, { x: right, y: bottom });
  return { left: from.x, top: from.y, width: to.x - from.x, height: to.y - from.y };
}

/** Where a place in a node's box is in the page's own viewport, whatever lies over it; null when the node has no box. */
export function pointIn(page: Window, node: Node, fraction: { fx: number; fy: number }): Point | null {
  const view = viewOf(node);
  if (!view) return null;
  const box = boxOf(node, view);
  if (!box.width && !box.height) return null;
  const point = { x: along(box.left, box.width, fraction.fx), y: along(box.top, box.height, fraction.fy) };
  return outOfFrames(page, view, point);
}
