/** Every way in which pages change their trees, texts and attributes; one edit by chance. Fields and sheets are in states.ts. */
import { MAX_NODES, type World } from "./world.ts";

export type Edit = (world: World) => void;

const HTML = (world: World) =>
  `<i data-n="h${world.count++}">h</i>t<b><u>q</u></b>${world.chance.once(3) ? "<!-- c -->" : ""}<p>one<p class="k1">two`;
const WHERE = ["beforebegin", "afterbegin", "beforeend", "afterend"] as const;
const NAMES = ["class", "data-x", "title", "id", "hidden", "dir", "lang", "slot", "aria-label", "data-y"];
const XLINK = "http://www.w3.org/1999/xlink";
const SVG = "http://www.w3.org/2000/svg";

function isFull(world: World): boolean {
  return world.all().length > MAX_NODES * 0.8;
}

/** An element of which all inside may be thrown away. */
function vessel(world: World): Element | undefined {
  return world.element((element) => world.isParent(element) && world.mayGo(element));
}

function wrapIn(world: World, node: ChildNode | undefined, tag: string): void {
  // What a select is made of is for the browser to say.
  if (!node?.parentNode || /^(?:select|optgroup)$/.test((node.parentNode as Element).localName)) return;
  const wrap = (node.ownerDocument ?? world.document).createElement(tag);
  node.replaceWith(wrap);
  wrap.append(node);
}

function rangeIn(world: World): Range | undefined {
  const parent = world.parent(
    (node) => node.childNodes.length > 0 && [...node.childNodes].every((child) => world.mayGo(child)),
  );
  if (!parent) return undefined;
  const range = (parent.ownerDocument as Document).createRange();
  const ends = [
    world.chance.number(parent.childNodes.length + 1),
    world.chance.number(parent.childNodes.length + 1),
  ].sort((a, b) => a - b) as [number, number];
  range.setStart(parent, ends[0]);
  range.setEnd(parent, ends[1]);
  const last = parent.childNodes[ends[1]];
  // Sometimes it ends within a text, and cuts it.
  if (last?.nodeType === 3) range.setEnd(last, world.chance.number((last as Text).length + 1));
  return range;
}

function elsewhere(world: World): Document {
  return world.document.implementation.createHTMLDocument("elsewhere");
}

const insertions: Edit[] = [
  (world) => !isFull(world) && world.place(world.make()),
  (world) => !isFull(world) && world.place(world.make(1)),
  (world) => !isFull(world) && world.parent()?.append(world.make(1), world.word(), world.make(2)),
  (world) => !isFull(world) && world.place(world.document.createTextNode(world.chance.once(3) ? "" : world.word())),
  (world) => {
    if (isFull(world)) return;
    const fragment = world.document.createDocumentFragment();
    for (let n = world.chance.number(4); n > 0; n--) fragment.append(world.make(1));
    world.place(fragment);
  },
  (world) => {
    const element = vessel(world);
    if (!isFull(world) && element) element.innerHTML = HTML(world);
  },
  (world) =>
    !isFull(world) &&
    world.element((one) => world.isParent(one))?.insertAdjacentHTML(world.chance.pick(WHERE), HTML(world)),
  (world) =>
    !isFull(world) &&
    world.element()?.insertAdjacentText(world.chance.once(2) ? "beforebegin" : "afterend", world.word()),
  (world) => {
    const element = vessel(world);
    if (!isFull(world) && element?.parentNode?.nodeType === 1) element.outerHTML = HTML(world);
  },
  (world) => {
    // From another document, where it was made or to which it was sent.
    const other = elsewhere(world);
    const node = world.make(1, other);
    other.body.append(node);
    if (!isFull(world)) world.place(world.chance.once(2) ? world.document.adoptNode(node) : node);
  },
  (world) => {
    const node = world.movable();
    if (node) world.place(elsewhere(world).adoptNode(node));
  },
  (world) => {
    const node = world.movable();
    if (node && !isFull(world))
      world.place(world.chance.once(2) ? node.cloneNode(true) : world.document.importNode(node, true));
  },
  (world) => {
    const template = world.tagged<HTMLTemplateElement>("template");
    if (template && !isFull(world)) world.place(template.content.cloneNode(true));
  },
  (world) => world.tagged<HTMLTemplateElement>("template")?.content.append(world.make(2)),
  (world) => {
    const node = world.make() as ChildNode;
    world.place(node);
    node.remove();
  },
];

const removals: Edit[] = [
  (world) => world.all().length > 50 && world.movable()?.remove(),
  (world) => world.all().length > 50 && world.movable()?.remove(),
  (world) => world.all().length > 80 && vessel(world)?.replaceChildren(),
  (world) => vessel(world)?.replaceChildren(world.make(1), world.word(), world.make(1)),
  (world) => world.movable()?.replaceWith(world.make(1)),
  (world) => world.movable()?.replaceWith(world.make(2), world.word()),
  (world) => {
    const element = vessel(world);
    if (element?.parentNode) element.replaceWith(...element.childNodes);
  },
  (world) => {
    const element = vessel(world);
    if (element) element.textContent = world.word();
  },
  (world) => world.all().length > 60 && rangeIn(world)?.deleteContents(),
  (world) => {
    const out = rangeIn(world)?.extractContents();
    if (out) world.place(out);
  },
  (world) => rangeIn(world)?.insertNode(world.make(2)),
  (world) => rangeIn(world)?.surroundContents(world.document.createElement("section")),
];

const moves: Edit[] = [
  (world) => world.place(world.movable() ?? world.make(2)),
  (world) => world.place(world.movable() ?? world.make(2)),
  (world) => world.place(world.movable() ?? world.make(2)),
  (world) => {
    const node = world.movable();
    const parent =
      node &&
      (world.parent((one) => !node.contains(one)) as (ParentNode & { moveBefore?: Node["insertBefore"] }) | undefined);
    if (!node || !parent) return;
    // In and out of shadow trees, some of these end Chromium's renderer, with nobody watching.
    const root = parent.getRootNode();
    const mayMove = root.nodeType === 9 && node.getRootNode() === root && parent.moveBefore;
    (mayMove || parent.insertBefore).call(parent, node, world.chance.pick(parent.childNodes) ?? null);
  },
  (world) => wrapIn(world, world.movable(), "div"),
  (world) => {
    // An element and one that it is in, in either order: recorders lose what is inside.
    const inner = world.movable();
    const outer = inner?.parentElement;
    if (!outer || outer === world.root || !world.mayGo(outer)) return;
    for (const node of world.chance.once(2) ? [inner, outer] : [outer, inner])
      wrapIn(world, node, world.chance.pick(["span", "div", "section"]));
  },
  (world) => {
    const node = world.movable();
    for (let n = world.chance.number(3); n >= 0; n--) wrapIn(world, node, "span");
  },
  (world) => {
    const parent = world.parent((one) => [...one.childNodes].every((child) => world.mayGo(child)));
    for (const child of [...(parent?.childNodes ?? [])].reverse()) parent?.appendChild(child);
  },
  (world) => {
    const parent = world.parent((one) => [...one.childNodes].every((child) => world.mayGo(child)));
    if (!parent) return;
    const children = [...parent.childNodes];
    for (let at = children.length - 1; at > 0; at--) {
      const other = world.chance.number(at + 1);
      [children[at], children[other]] = [children[other] as ChildNode, children[at] as ChildNode];
    }
    parent.append(...children);
  },
  (world) => {
    const parent = world.parent();
    const first = parent?.firstChild;
    if (first && world.mayGo(first)) parent.appendChild(first);
  },
  (world) => {
    const [a, b] = [world.movable(), world.movable()];
    if (!a || !b || a.contains(b) || b.contains(a)) return;
    const mark = world.document.createTextNode("");
    a.replaceWith(mark);
    b.replaceWith(a);
    mark.replaceWith(b);
  },
  (world) => {
    // Parent and child change places.
    const child = world.element((one) => world.isParent(one) && one.parentElement !== world.root && world.mayGo(one));
    const parent = child?.parentElement;
    if (!child || !parent || parent === world.root || !world.isParent(parent) || !world.mayGo(parent)) return;
    parent.replaceWith(child);
    child.append(parent);
  },
];

/** What is done to nodes while nobody watches them. */
const out: Edit[] = [
  (world) => {
    const node = world.movable();
    if (!node || world.all().length < 50) return;
    node.remove();
    world.kept.push(node);
  },
  (world) => {
    const node = world.kept.splice(world.chance.number(world.kept.length || 1), 1)[0];
    if (node && !isFull(world)) world.place(node);
  },
  (world) => {
    const node = world.kept.length ? (world.chance.pick(world.kept) as Element) : undefined;
    if (node?.nodeType !== 1) return;
    node.setAttribute("data-out", String(world.count++));
    node.firstChild?.remove();
    if (world.isParent(node)) node.append(world.make(2));
    else if (world.chance.once(2)) node.after(world.word());
  },
  (world) => {
    const node = world.kept.length ? world.chance.pick(world.kept).firstChild : null;
    if (node) world.place(node);
  },
  (world) => {
    const node = world.movable();
    const keeper = world.kept.find((one) => world.isParent(one)) as Element | undefined;
    if (node && keeper && world.all().length > 50) keeper.append(node);
  },
];

const texts: Edit[] = [
  (world) => {
    const text = world.text();
    if (text) text.data = `long enough to be told as a splice ${world.count++} and its end`;
  },
  (world) => world.text()?.insertData(0, world.chance.pick(["é😀", "\ud83d", "\u2028", "<b>", "\r\n", "\u0000"])),
  (world) => world.text()?.appendData(world.word()),
  (world) => {
    const text = world.text();
    if (text?.length) text.deleteData(world.chance.number(text.length), 1 + world.chance.number(3));
  },
  (world) => {
    const text = world.text();
    if (text?.length) text.replaceData(world.chance.number(text.length), 2, world.word());
  },
  (world) => {
    const text = world.text();
    if (text && text.length > 1 && !isFull(world)) text.splitText(1 + world.chance.number(text.length - 1));
  },
  (world) => world.root.normalize(),
  (world) => (world.parent() as Node | undefined)?.normalize(),
  (world) => {
    const text = world.text();
    if (text) text.data = "";
  },
];

const attributes: Edit[] = [
  (world) => world.element()?.setAttribute(world.chance.pick(NAMES), `v${world.chance.number(99)}`),
  (world) =>
    world
      .element()
      ?.setAttribute(world.chance.pick(NAMES), world.chance.pick(["", "é😀", "a b", "<&\"'>", "x".repeat(40)])),
  (world) => {
    const element = world.element();
    if (element?.attributes.length) element.removeAttribute(world.chance.pick(element.attributes).name);
  },
  (world) => world.element()?.toggleAttribute(world.chance.pick(["hidden", "disabled", "data-t"])),
  (world) => world.element()?.classList.toggle(`k${world.chance.number(9)}`),
  (world) => world.element()?.classList.add("k1", `added${world.chance.number(5)}`),
  (world) => world.masks && world.element()?.classList.toggle("no-upscope"),
  (world) => world.masks && world.element()?.toggleAttribute("data-upscope-mask"),
  (world) => world.element((one) => one.namespaceURI === SVG)?.setAttributeNS(XLINK, "xlink:title", world.word()),
  (world) =>
    (world.element() as HTMLElement | undefined)?.style?.setProperty(
      world.chance.pick(["color", "margin", "--x"]),
      `${world.chance.number(9)}px`,
    ),
  (world) => {
    const element = world.element() as HTMLElement | undefined;
    if (element?.style)
      element.style.cssText = `color: rgb(${world.chance.number(255)}, 1, 1); padding: 1px 2px; ${"--long: 1; ".repeat(world.chance.number(12))}`;
  },
  (world) => {
    const element = world.element((one) => one.hasAttribute("style")) as HTMLElement | undefined;
    if (element?.style?.length) element.style.removeProperty(element.style[0] as string);
  },
  (world) => {
    // Long enough to be told by property.
    const element = world.element() as HTMLElement | undefined;
    if (!element?.style) return;
    if (!element.style.length)
      element.style.cssText = `background: rgb(9, 9, 9); border: 1px solid red; ${"font-size: 10px; line-height: 12px; ".repeat(4)}`;
    element.style.setProperty("width", `${world.chance.number(300)}px`, world.chance.once(4) ? "important" : "");
  },
  (world) => {
    const element = world.element() as HTMLElement | undefined;
    if (element?.dataset) element.dataset["n"] = world.word();
  },
];

export const EDITS: readonly Edit[] = [...insertions, ...removals, ...moves, ...out, ...texts, ...attributes];
/** Those that recorders are expected to follow; all of them are done with ordinary elements. */
export const COMMON: readonly Edit[] = [
  ...insertions.slice(0, 4),
  ...removals.slice(0, 2),
  ...moves.slice(0, 3),
  moves[4] as Edit,
  moves[7] as Edit,
];
/** The edits under which recorders lose parts of the page. */
export const WRAPS: readonly Edit[] = [insertions[0] as Edit, removals[0] as Edit, moves[4] as Edit, moves[5] as Edit];
