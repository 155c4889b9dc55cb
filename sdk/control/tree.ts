/** Walks the page as one tree: out of shadow roots, open or closed, and out of same-origin frames. */

/** A window with its own constructors; each frame has its own. */
export type View = Window & typeof globalThis;

export function isElement(node: Node): node is HTMLElement {
  return node.nodeType === 1;
}

export function isDocument(node: Node): node is Document {
  return node.nodeType === 9;
}

function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === 11 && "host" in node;
}

/** The window of the node's document; null when the document is not shown. */
export function viewOf(node: Node): View | null {
  const document = isDocument(node) ? node : node.ownerDocument;
  return (document?.defaultView as View | undefined) ?? null;
}

/** The document of a frame that we may look into, else null. */
export function frameDocument(element: Element): Document | null {
  if (element.localName !== "iframe" && element.localName !== "frame") return null;
  return (element as HTMLIFrameElement).contentDocument;
}

/** The parent, else the shadow root's host, else the frame's element. */
export function parentAcross(node: Node): Node | null {
  if (isDocument(node)) return viewOf(node)?.frameElement ?? null;
  if (isShadowRoot(node)) return node.host;
  return node.parentNode;
}

/** The node itself, then all around it, outwards. */
export function* outwards(node: Node): Generator<Node> {
  for (let at: Node | null = node; at; at = parentAcross(at)) yield at;
}

export function elementOf(node: Node): HTMLElement | null {
  if (isDocument(node)) return node.documentElement;
  for (const at of outwards(node)) if (isElement(at)) return at;
  return null;
}

export function isAround(outer: Node, inner: Node): boolean {
  for (const at of outwards(inner)) if (at === outer) return true;
  return false;
}

/** The nearest element, from this one outwards and within its document, that satisfies the test. */
export function nearest(element: Element, test: (element: HTMLElement) => boolean): HTMLElement | null {
  for (const at of outwards(element)) {
    if (isDocument(at)) return null;
    if (isElement(at) && test(at)) return at;
  }
  return null;
}

/** Shadow roots around the node by their host, so that closed ones can be entered from outside. */
export function rootsAround(node: Node): Map<Element, ShadowRoot> {
  const roots = new Map<Element, ShadowRoot>();
  for (const at of outwards(node)) if (isShadowRoot(at)) roots.set(at.host, at);
  return roots;
}

/**
 * The element that has the focus, inside frames and shadow roots. A closed root does not tell what it focuses, so
 * `remembered` (what we focused last) is asked whether it still has the focus.
 */
export function focusedIn(page: Window, remembered: Element | null): HTMLElement {
  const roots = remembered?.isConnected ? rootsAround(remembered) : new Map<Element, ShadowRoot>();
  let element = page.document.activeElement ?? page.document.documentElement;
  for (;;) {
    const root = roots.get(element) ?? element.shadowRoot;
    const inner: Element | null | undefined = (root ?? frameDocument(element))?.activeElement;
    if (!inner || inner === element) return element as HTMLElement;
    element = inner;
  }
}
