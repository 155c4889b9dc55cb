import type { ScrollTo } from "#protocol/messages";
import { isDocument, isElement, type View, viewOf } from "./tree.ts";

/** Scroll a box, or a document's viewport, to an offset. False when the node is neither. */
export function scrollBox(node: Node, { x, y }: Pick<ScrollTo, "x" | "y">): boolean {
  const to = { left: x, top: y, behavior: "instant" } as const;
  const document = isDocument(node) ? node : node.ownerDocument;
  const isViewport = isDocument(node) || node === document?.scrollingElement || node === document?.documentElement;
  if (isViewport) viewOf(node)?.scrollTo(to);
  else if (isElement(node)) node.scrollTo(to);
  else return false;
  return true;
}

function canScroll(element: HTMLElement, isForward: boolean, view: View): boolean {
  if (!/auto|scroll/.test(view.getComputedStyle(element).overflowY)) return false;
  return isForward ? element.scrollTop + element.clientHeight < element.scrollHeight - 1 : element.scrollTop > 0;
}

/** Scroll as a key does: the nearest box around the element that can still move, else the viewport. */
export function scrollByKey(element: HTMLElement, step: "line" | "page" | "end", isForward: boolean): void {
  const view = viewOf(element);
  if (!view) return;
  let box: HTMLElement | null = element;
  while (box && !canScroll(box, isForward, view)) box = box.parentElement;
  const target = box ?? view;
  const page = (box?.clientHeight ?? view.innerHeight) * 0.875;
  const distance = step === "line" ? 40 : step === "page" ? page : Number.MAX_SAFE_INTEGER;
  target.scrollBy({ top: isForward ? distance : -distance, behavior: "instant" });
}
