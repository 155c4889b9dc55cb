/** One random page within the page: what is covered by a mask in it, where secrets may stand, and which stood there. */
import type { Chance } from "../../../bench/mirror/fuzz/chance.ts";

const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 16;
/** Where one may be put that is told nowhere. */
export const RULES: readonly ((element: Element) => void)[] = [
  (element) => element.classList.add("no-upscope"),
  (element) => element.setAttribute("data-upscope-mask", ""),
  (element) => element.classList.add("own-rule"),
  (element) => element.setAttribute("data-secret-part", ""),
];
const CONTAINERS = "div p span b i ul li section article table tbody tr td label button a form fieldset details".split(
  " ",
);
const LEAVES = "input textarea select img video audio canvas meter progress output iframe object br".split(" ");
const SVG = "http://www.w3.org/2000/svg";

export class Place {
  readonly root: HTMLElement;
  readonly chance: Chance;
  /** What must not leave, and what must. */
  readonly secrets: string[] = [];
  readonly open: string[] = [];
  /** Only what is under one of these is open; null: all but what is covered (`maskAll`). */
  readonly onlyIn: string | null;
  /** Have told what is waiting, in the middle of an edit. */
  readonly tellNow: () => void;
  /** What stays as it is, with its children. */
  readonly fixed = new WeakSet<Node>();
  readonly #covers = new WeakSet<Node>();
  readonly #shadows: ShadowRoot[] = [];

  constructor(root: HTMLElement, chance: Chance, onlyIn: string | null, tellNow: () => void) {
    this.root = root;
    this.chance = chance;
    this.onlyIn = onlyIn;
    this.tellNow = tellNow;
  }

  secret(): string {
    const made = Array.from({ length: LENGTH }, () => this.chance.pick(LETTERS)).join("");
    this.secrets.push(made);
    return made;
  }

  /** A text that agents see: it proves that somebody listens. */
  shown(): string {
    const made = `seen${this.chance.number(1e9)}seen`;
    this.open.push(made);
    return made;
  }

  cover(element: Element): void {
    this.chance.pick(RULES)(element);
    this.#covers.add(element);
  }

  isCover(node: Node): boolean {
    return this.#covers.has(node);
  }

  /** Whether all that it hides can be taken out of it. */
  mayUncover(element: Element): boolean {
    if (/^(?:iframe|object|video|audio)$/.test(element.localName)) return false;
    return this.isCover(element) && !this.#shadows.some(({ host }) => host === element);
  }

  /** Take the mask away, and first all that it hid. */
  uncover(element: Element): void {
    element.replaceChildren();
    for (const animation of element.getAnimations()) animation.cancel();
    for (const name of element.getAttributeNames()) if (name !== "id") element.removeAttribute(name);
    (element as HTMLInputElement).value = "";
    this.#covers.delete(element);
  }

  /** Whether a node is under a mask of this place, by its place alone. */
  isCovered(node: Node): boolean {
    let isIn = this.onlyIn === null;
    for (let at: Node | null = node; at && at !== document; at = up(at)) {
      if (this.#covers.has(at)) return true;
      if (at.nodeType === 1 && this.onlyIn && (at as Element).matches(this.onlyIn)) isIn = true;
    }
    return !isIn;
  }

  /** Whether a node hides wherever it goes, or opens nowhere that is covered: else it must stay under a mask. */
  mayMove(node: Element): boolean {
    const opens = this.onlyIn !== null && (node.matches(this.onlyIn) || node.querySelector(this.onlyIn) !== null);
    return this.isCover(node) || (!this.isCovered(node) && !opens);
  }

  /** Whether a node is under a mask that hides all, also what else would be open. */
  isUnderMask(node: Node): boolean {
    for (let at: Node | null = node; at; at = up(at)) if (this.#covers.has(at)) return true;
    return false;
  }

  elements(): Element[] {
    const roots: ParentNode[] = [this.root, ...this.#shadows.filter((shadow) => shadow.host.isConnected)];
    const all = roots.flatMap((root) => [...root.querySelectorAll("*")]);
    return all.filter(
      (element) => !this.fixed.has(element) && !(element.parentNode && this.fixed.has(element.parentNode)),
    );
  }

  covered(): Element[] {
    return this.elements().filter((element) => this.isCovered(element));
  }

  containers(): Element[] {
    return [this.root, ...this.elements().filter(({ localName }) => CONTAINERS.includes(localName))];
  }

  some<T>(list: readonly T[]): T | null {
    return list.length ? this.chance.pick(list) : null;
  }

  make(): Element {
    const { chance } = this;
    if (chance.once(12)) {
      const svg = document.createElementNS(SVG, "svg");
      const group = document.createElementNS(SVG, "g");
      group.append(document.createElementNS(SVG, "text"), document.createElementNS(SVG, "title"));
      svg.append(group);
      return svg;
    }
    const element = document.createElement(chance.once(4) ? chance.pick(LEAVES) : chance.pick(CONTAINERS));
    if (element instanceof HTMLSelectElement) element.append(new Option("open"), new Option("other"));
    return element;
  }

  shadow(host: HTMLElement, mode: ShadowRootMode): ShadowRoot {
    const shadow = host.attachShadow({ mode });
    this.#shadows.push(shadow);
    return shadow;
  }
}

function up(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  return node instanceof ShadowRoot ? node.host : null;
}
