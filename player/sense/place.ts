/** Where the agent's pointer is in the page: from the window, through the scaled stage, frames and shadow roots. */
import { isElement, isFrame } from "../nodes/numbers.ts";

export interface Point2 {
  x: number;
  y: number;
}

/** Left, top, width and height; a DOMRect is one. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** An element of the page, and the pointer in the viewport of the element's own document. */
export interface Spot extends Point2 {
  element: Element;
}

/** Return a point of the window in the coordinates of the frame's document. `width` is the frame's own, unscaled width. */
export function toPage(at: Point2, frame: Box, width: number): Point2 {
  const scale = width > 0 ? frame.width / width : 1;
  return { x: (at.x - frame.left) / scale, y: (at.y - frame.top) / scale };
}

/** Return where in a box a point is, as parts of its width and height, 0 to 1. */
export function fractionsIn(box: Box, at: Point2): { fx: number; fy: number } {
  const part = (offset: number, size: number) => (size > 0 ? Math.min(Math.max(offset / size, 0), 1) : 0.5);
  const rounded = (fraction: number) => Math.round(fraction * 1e5) / 1e5;
  return { fx: rounded(part(at.x - box.left, box.width)), fy: rounded(part(at.y - box.top, box.height)) };
}

/** The box that a frame's document fills: without border and padding. Frames in frames may be scaled by the page. */
function contentBox(frame: HTMLElement): Box & { scale: number } {
  const box = frame.getBoundingClientRect();
  const scale = frame.offsetWidth > 0 ? box.width / frame.offsetWidth : 1;
  const style = frame.ownerDocument.defaultView?.getComputedStyle(frame);
  const left = frame.clientLeft + Number.parseFloat(style?.paddingLeft ?? "0");
  const top = frame.clientTop + Number.parseFloat(style?.paddingTop ?? "0");
  return { left: box.left + left * scale, top: box.top + top * scale, width: box.width, height: box.height, scale };
}

/** Return the deepest element at a point of a document's viewport. */
export function deepestAt(document: Document, at: Point2): Spot | null {
  let element = document.elementFromPoint(at.x, at.y);
  for (let root = element?.shadowRoot; root; root = element?.shadowRoot) {
    const inner: Element | null = root.elementFromPoint(at.x, at.y);
    if (!inner || inner === element || inner.getRootNode() !== root) break;
    element = inner;
  }
  if (!element) return null;
  if (isFrame(element) && element.contentDocument?.documentElement) {
    const box = contentBox(element);
    const inner = { x: (at.x - box.left) / box.scale, y: (at.y - box.top) / box.scale };
    return deepestAt(element.contentDocument, inner) ?? { element, ...at };
  }
  return { element, ...at };
}

/** Return what of the page is under a point of the window, or null outside of it. */
export function spotAt(stage: HTMLIFrameElement, at: Point2): Spot | null {
  const document = stage.contentDocument;
  const point = toPage(at, stage.getBoundingClientRect(), stage.offsetWidth);
  return document ? deepestAt(document, point) : null;
}

/** Return an element's box in the window. */
export function boxInWindow(stage: HTMLIFrameElement, element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  let box: Box = { left, top, width, height };
  let frame = element.ownerDocument.defaultView?.frameElement as HTMLIFrameElement | null | undefined;
  for (;;) {
    if (!frame || frame === stage) break;
    const outer = contentBox(frame);
    box = {
      left: outer.left + box.left * outer.scale,
      top: outer.top + box.top * outer.scale,
      width: box.width * outer.scale,
      height: box.height * outer.scale,
    };
    frame = frame.ownerDocument.defaultView?.frameElement as HTMLIFrameElement | null | undefined;
  }
  const shown = stage.getBoundingClientRect();
  const scale = stage.offsetWidth > 0 ? shown.width / stage.offsetWidth : 1;
  return {
    left: shown.left + box.left * scale,
    top: shown.top + box.top * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
}

/** Return the nearest element that the page knows by a number. */
export function numbered(
  element: Element | null,
  idOf: (node: Node) => number | undefined,
): { id: number; element: Element } | null {
  for (let at: Node | null = element; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
    const id = idOf(at);
    if (isElement(at) && id !== undefined) return { id, element: at };
  }
  return null;
}
