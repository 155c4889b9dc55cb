/** What edits happen to: the page under `#root`, its shadow trees and frames, and nodes that were taken out and may come back. */
import type { Chance } from "./chance.ts";

type View = Window & typeof globalThis;

/** How many children a new element gets at most. */
const CHILDREN: Record<string, number> = {
  div: 4,
  span: 3,
  p: 3,
  b: 2,
  ul: 4,
  section: 4,
  "x-box": 3,
  details: 3,
  form: 3,
};
const LEAVES = ["input", "textarea", "select", "script", "svg", "style", "template", "canvas", "noscript", "dialog"];
const TAGS = [...Object.keys(CHILDREN), ...Object.keys(CHILDREN), ...LEAVES];
const SVG = "http://www.w3.org/2000/svg";
const INPUTS = ["text", "checkbox", "radio", "number", "range", "color", "password", "hidden", "button"];
const MAX_FRAMES = 3;
export const MAX_NODES = 260;

export class World {
  readonly view: View;
  readonly root: Element;
  /** Out of the page, to be put back or not. */
  readonly kept: Node[] = [];
  readonly closed = new Map<Element, ShadowRoot>();
  readonly sheets: CSSStyleSheet[] = [];
  /** Frames whose document was opened by a script, which ends what they were loading. */
  readonly opened = new WeakSet<Element>();
  /** Whether elements are masked now and then, and frames come and go. */
  readonly masks: boolean;
  readonly frames: boolean;
  count = 0;
  /** Whether shadow roots may be closed ones. */
  mayClose = false;
  chance: Chance;
  readonly #tags: readonly string[];

  constructor(view: View, chance: Chance, traits: { masks: boolean; frames: boolean; plain?: boolean }) {
    this.view = view;
    this.root = view.document.getElementById("root") as Element;
    this.chance = chance;
    this.masks = traits.masks;
    this.frames = traits.frames;
    this.#tags = traits.plain ? Object.keys(CHILDREN) : TAGS;
  }

  get document(): Document {
    return this.view.document;
  }

  // ---- what is there ------------------------------------------------------------------------------

  shadowOf(node: Node): ShadowRoot | null {
    return (node as Element).shadowRoot ?? this.closed.get(node as Element) ?? null;
  }

  /** Every node inside, shadow trees and frames too. */
  all(): Node[] {
    const found: Node[] = [];
    const visit = (node: Node): void => {
      found.push(node);
      const shadow = node.nodeType === 1 ? this.shadowOf(node) : null;
      if (shadow) visit(shadow);
      if ((node as Element).localName === "iframe") {
        const body = (node as HTMLIFrameElement).contentDocument?.body;
        if (body) visit(body);
        return;
      }
      for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
    };
    visit(this.root);
    return found;
  }

  some<T extends Node>(fits: (node: Node) => boolean): T | undefined {
    const found = this.all().filter(fits);
    return found.length ? (this.chance.pick(found) as T) : undefined;
  }

  /** A node that may have any children. */
  parent(fits: (node: Node) => boolean = () => true): (Node & ParentNode) | undefined {
    return this.some((node) => (node.nodeType === 11 || this.isParent(node)) && fits(node));
  }

  isParent(node: Node): boolean {
    return node.nodeType === 1 && ((node as Element).localName in CHILDREN || (node as Element).localName === "body");
  }

  element(fits: (element: Element) => boolean = () => true): Element | undefined {
    return this.some((node) => node.nodeType === 1 && node !== this.root && !isBody(node) && fits(node as Element));
  }

  tagged<T extends Element>(...tags: string[]): T | undefined {
    return this.element((element) => tags.includes(element.localName)) as T | undefined;
  }

  text(): Text | undefined {
    return this.some((node) => node.nodeType === 3);
  }

  /** A node that can be put somewhere else. */
  movable(): ChildNode | undefined {
    return this.some(
      (node) =>
        node !== this.root && node.nodeType !== 11 && !isBody(node) && node.parentNode !== null && this.mayGo(node),
    );
  }

  /** Frames stay where they are: a browser loads a moved one anew, and that is tried by an edit of its own. */
  mayGo(node: Node): boolean {
    return node.nodeType !== 1 || !hasFrame(node as Element, this);
  }

  // ---- what is new --------------------------------------------------------------------------------

  word(): string {
    return `word ${this.count++}`;
  }

  make(depth = 0, document: Document = this.document): Node {
    const { chance } = this;
    if (chance.once(4)) return document.createTextNode(this.word());
    if (chance.once(14)) return document.createComment(`secret ${this.count++}`);
    const tag = chance.pick(this.#tags);
    const element = tag === "svg" ? document.createElementNS(SVG, "svg") : document.createElement(tag);
    element.setAttribute("data-n", String(this.count++));
    if (chance.once(3)) element.setAttribute("class", `k${chance.number(9)}`);
    if (this.masks && chance.once(25)) element.setAttribute("class", "no-upscope");
    this.#fill(element, depth);
    if (depth > 2) return element;
    for (let n = chance.number((CHILDREN[tag] ?? 0) + 1); n > 0; n--) element.append(this.make(depth + 1, document));
    if (tag === "x-box" && chance.once(2)) this.attachShadow(element);
    return element;
  }

  #fill(element: Element, depth: number): void {
    const { chance } = this;
    const document = element.ownerDocument;
    switch (element.localName) {
      case "input":
        element.setAttribute("type", chance.pick(INPUTS));
        if (chance.once(2)) element.setAttribute("value", String(chance.number(99)));
        if (chance.once(4)) element.setAttribute("checked", "");
        return;
      case "textarea":
        element.textContent = this.word();
        return;
      case "select":
        (element as HTMLSelectElement).multiple = chance.once(3);
        for (let n = chance.number(4); n > 0; n--) element.append(this.option(document));
        return;
      case "style":
        element.textContent = `.k${chance.number(9)} { color: rgb(1, 2, ${chance.number(255)}); }`;
        return;
      case "template":
        element.innerHTML = `<p>${this.word()}</p>`;
        return;
      case "script":
      case "noscript":
        element.textContent = "// nothing";
        return;
      case "dialog":
        element.append(this.word());
        return;
      case "svg":
        if (depth < 3) element.append(document.createElementNS(SVG, "g"));
    }
  }

  option(document: Document): HTMLOptionElement {
    const option = document.createElement("option");
    option.textContent = this.word();
    return option;
  }

  attachShadow(element: Element): void {
    if (this.shadowOf(element)) return;
    const mayClose = this.mayClose && element.ownerDocument === this.document;
    const mode = mayClose && this.chance.once(4) ? "closed" : "open";
    const root = element.attachShadow({ mode });
    if (mode === "closed") this.closed.set(element, root);
    root.append(this.make(2, element.ownerDocument));
    if (this.chance.once(2)) root.append(element.ownerDocument.createElement("slot"));
  }

  /** Put a node somewhere, by one of the ways there are. */
  place(node: Node, parent = this.parent((candidate) => !node.contains(candidate))): void {
    if (!parent) return;
    const before = parent.childNodes[this.chance.number(parent.childNodes.length + 1)] ?? null;
    switch (this.chance.number(5)) {
      case 0:
        parent.append(node);
        return;
      case 1:
        parent.prepend(node);
        return;
      case 2:
        if (before && before !== node) before.before(node);
        return;
      case 3:
        if (before && before !== node) before.after(node);
        return;
      default:
        parent.insertBefore(node, before);
    }
  }

  get hasRoomForFrame(): boolean {
    return this.frames && this.all().filter((node) => (node as Element).localName === "iframe").length < MAX_FRAMES;
  }

  /** Keep the page small enough to be compared quickly. */
  prune(): void {
    while (this.all().length > MAX_NODES) this.root.lastChild?.remove();
    if (this.kept.length > 12) this.kept.splice(0, 6);
  }
}

function isBody(node: Node): boolean {
  return (node as Element).localName === "body";
}

export function hasFrame(element: Element, world: World): boolean {
  if (element.localName === "iframe" || element.querySelector("iframe")) return true;
  const shadows = [element, ...element.querySelectorAll("*")].map((inner) => world.shadowOf(inner));
  return shadows.some((root) => root && [...root.children].some((child) => hasFrame(child, world)));
}
