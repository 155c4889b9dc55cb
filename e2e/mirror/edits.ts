/** Random edits of a page, every kind that frameworks make; the same seed makes the same edits. */

type Random = (below: number) => number;

function randomOf(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const TAGS = ["div", "span", "p", "b", "ul", "section", "svg", "input", "script", "x-box"];
const CHILDREN = { div: 4, span: 3, p: 3, b: 2, ul: 4, section: 4, "x-box": 3 } as Record<string, number>;

class Edits {
  readonly #root: Element;
  readonly #random: Random;
  readonly #kept: Node[] = [];
  #count = 0;

  constructor(root: Element, seed: number) {
    this.#root = root;
    this.#random = randomOf(seed * 2654435761);
  }

  #pick<T>(list: ArrayLike<T>): T {
    return list[this.#random(list.length)] as T;
  }

  /** Every node inside, shadow trees and frames too. */
  #all(): Node[] {
    const found: Node[] = [];
    const visit = (node: Node): void => {
      found.push(node);
      const element = node as Element;
      if (element.shadowRoot) visit(element.shadowRoot);
      const frame = (node as HTMLIFrameElement).contentDocument?.body;
      if (frame) visit(frame);
      for (const child of node.childNodes) visit(child);
    };
    visit(this.#root);
    return found;
  }

  #parents(): Node[] {
    return this.#all().filter(
      (node) => node.nodeType === 11 || (node.nodeType === 1 && (node as Element).localName in CHILDREN),
    );
  }

  #elements(): Element[] {
    return this.#all().filter((node): node is Element => node.nodeType === 1 && node !== this.#root);
  }

  #movable(): ChildNode[] {
    return this.#all().filter(
      (node): node is ChildNode =>
        node !== this.#root &&
        node.nodeType !== 11 &&
        (node as Element).localName !== "body" &&
        node.parentNode !== null,
    );
  }

  #texts(): Text[] {
    return this.#all().filter((node): node is Text => node.nodeType === 3);
  }

  #make(depth: number): Node {
    if (this.#random(4) === 0) return document.createTextNode(`text ${this.#count++}`);
    if (this.#random(12) === 0) return document.createComment("secret comment");
    const tag = this.#pick(TAGS);
    const element =
      tag === "svg" ? document.createElementNS("http://www.w3.org/2000/svg", "svg") : document.createElement(tag);
    element.setAttribute("data-n", String(this.#count++));
    if (this.#random(3) === 0) element.setAttribute("class", `k${this.#random(9)}`);
    if (this.#random(25) === 0) element.setAttribute("class", "no-upscope");
    if (tag === "x-box" && this.#random(2)) element.attachShadow({ mode: "open" }).append(this.#make(depth + 1));
    for (let n = depth > 2 ? 0 : this.#random(CHILDREN[tag] ?? 1); n > 0; n--) element.append(this.#make(depth + 1));
    return element;
  }

  #place(node: Node): void {
    const parent = this.#pick(this.#parents().filter((candidate) => !node.contains(candidate)));
    parent?.insertBefore(node, parent.childNodes[this.#random(parent.childNodes.length + 1)] ?? null);
  }

  readonly #edits: (() => void)[] = [
    () => this.#place(this.#make(0)),
    () => this.#place(this.#make(1)),
    () => this.#all().length > 60 && this.#pick(this.#movable()).remove(),
    () => this.#moves() && this.#place(this.#pick(this.#movable())),
    () => this.#moves() && this.#place(this.#pick(this.#movable())),
    () => {
      const element = this.#pick(this.#elements());
      element?.setAttribute(this.#pick(["class", "data-x", "title", "id"]), `v${this.#random(99)}`);
    },
    () => this.#pick(this.#elements())?.classList.toggle("no-upscope"),
    () => this.#pick(this.#elements())?.setAttribute("style", `color: rgb(${this.#random(255)}, 1, 1);`),
    () => {
      const element = this.#pick(this.#elements());
      if (element?.attributes.length) element.removeAttribute(this.#pick(element.attributes).name);
    },
    () => {
      const text = this.#pick(this.#texts());
      if (text) text.data = `long enough to be told as a splice ${this.#count++} and its end`;
    },
    () => this.#pick(this.#texts())?.insertData(0, "é😀"),
    () => {
      const element = this.#pick(this.#parents()) as Element;
      if (this.#all().length < 300 && element !== this.#root) element.innerHTML = `<i data-n="h">h</i>t<b><u>q</u></b>`;
    },
    () => {
      const element = this.#pick(this.#movable());
      const wrap = document.createElement("div");
      element?.replaceWith(wrap);
      if (element) wrap.append(element);
    },
    () => {
      const element = this.#pick(this.#elements().filter((candidate) => candidate.localName in CHILDREN));
      if (element?.parentNode) element.replaceWith(...element.childNodes);
    },
    () => {
      const parent = this.#pick(this.#parents());
      for (const child of [...parent.childNodes].reverse()) parent.appendChild(child);
    },
    () => {
      if (this.#all().length < 60) return;
      const node = this.#pick(this.#movable());
      node.remove();
      this.#kept.push(node);
    },
    () => {
      const node = this.#kept.splice(this.#random(this.#kept.length), 1)[0];
      if (node) this.#place(node);
    },
    () => {
      // While it is out, nobody watches it.
      const node = this.#pick(this.#kept) as Element | undefined;
      if (node?.nodeType !== 1) return;
      node.setAttribute("data-out", String(this.#count++));
      node.firstChild?.remove();
      if (node.localName in CHILDREN) node.append(this.#make(2));
    },
    () => {
      const node = this.#pick(this.#kept)?.firstChild;
      if (node) this.#place(node);
    },
    () => {
      const text = this.#pick(this.#texts().filter(({ data }) => data.length > 2));
      text?.splitText(1);
    },
    () => this.#root.normalize(),
    () => {
      const node = this.#make(0) as ChildNode;
      this.#place(node);
      node.remove();
    },
    () => {
      const [a, b] = [this.#pick(this.#movable()), this.#pick(this.#movable())];
      if (!a || !b || a.contains(b) || b.contains(a)) return;
      const mark = document.createTextNode("");
      a.replaceWith(mark);
      b.replaceWith(a);
      mark.replaceWith(b);
    },
    () => {
      const element = this.#pick(this.#elements().filter(({ localName }) => localName === "x-box"));
      if (element && !element.shadowRoot) element.attachShadow({ mode: "open" }).append(this.#make(1));
    },
  ];

  #moves(): boolean {
    return this.#movable().length > 2;
  }

  run(count: number): void {
    for (let n = count; n > 0; n--) {
      try {
        this.#pick(this.#edits)();
      } catch (error) {
        // A node cannot go into itself, out of a shadow tree neither.
        if ((error as DOMException).name !== "HierarchyRequestError") throw error;
      }
    }
    while (this.#all().length > 500) this.#root.lastChild?.remove();
  }
}

(globalThis as { editsOf?: (root: Element, seed: number) => Edits }).editsOf = (root, seed) => new Edits(root, seed);
