/** What pages change beside the tree: shadow roots, frames, fields, sheets, dialogs. */
import type { Edit } from "./edits.ts";
import type { World } from "./world.ts";

const COLORS = ["red", "green", "blue", "rgb(1, 2, 3)"];

function rule(world: World): string {
  const block = `.k${world.chance.number(9)} { color: ${world.chance.pick(COLORS)}; margin: ${world.chance.number(9)}px; }`;
  return world.chance.once(4) ? `@media (min-width: ${world.chance.number(900)}px) { ${block} }` : block;
}

/** A sheet of a style element or an adopted one. */
function sheetOf(world: World): CSSStyleSheet | null {
  const style = world.tagged<HTMLStyleElement>("style");
  if (style?.sheet && world.chance.once(2)) return style.sheet;
  return world.sheets.length ? world.chance.pick(world.sheets) : (style?.sheet ?? null);
}

function rootOf(world: World): Document | ShadowRoot {
  return world.chance.once(3)
    ? (world.some<ShadowRoot>((node) => node.nodeType === 11) ?? world.document)
    : world.document;
}

const shadows: Edit[] = [
  (world) => {
    const host = world.element((one) => ["div", "span", "x-box", "section", "p"].includes(one.localName));
    if (host) world.attachShadow(host);
  },
  (world) => world.some<ShadowRoot>((node) => node.nodeType === 11)?.replaceChildren(world.make(1), world.make(2)),
];

/** What a slot shows, and in what: a move of either, another name, a mask that comes or goes. */
const slots: Edit[] = [
  (world) => {
    const slot = world.tagged("slot");
    const root = slot?.getRootNode();
    const parent = slot && world.parent((one) => one.getRootNode() === root && !slot.contains(one));
    if (slot && parent) world.place(slot, parent);
  },
  (world) => {
    const slot = world.tagged("slot");
    const holder = slot?.parentElement;
    const root = slot?.getRootNode() as ShadowRoot | undefined;
    if (holder && root?.nodeType === 11 && world.mayGo(holder)) root.append(holder);
  },
  (world) => world.tagged("slot")?.setAttribute("name", world.chance.pick(["", "s1"])),
  (world) => world.element((one) => one.parentElement?.shadowRoot != null)?.setAttribute("slot", "s1"),
  (world) => world.tagged("slot")?.remove(),
  (world) => {
    const slot = world.tagged("slot");
    if (world.masks) (world.chance.once(2) ? slot : slot?.parentElement)?.classList.toggle("no-upscope");
  },
];

const frames: Edit[] = [
  (world) => {
    if (!world.hasRoomForFrame) return;
    const frame = world.document.createElement("iframe");
    if (world.chance.once(2)) frame.srcdoc = `<p>${world.word()}</p><ul><li>framed</ul>`;
    frame.setAttribute("data-n", String(world.count++));
    world.place(frame);
  },
  (world) => world.chance.once(3) && world.tagged("iframe")?.remove(),
  (world) => {
    const frame = world.tagged<HTMLIFrameElement>("iframe");
    const inner = frame?.contentDocument;
    if (!inner) return;
    world.opened.add(frame);
    inner.open();
    inner.write(`<!doctype html><p>${world.word()}</p>`);
    if (world.chance.once(2)) inner.write(`<div class=k2>${world.word()}</div>`);
    inner.close();
  },
  (world) => {
    const frame = world.tagged<HTMLIFrameElement>("iframe");
    if (!frame || !world.chance.once(2)) return;
    world.opened.delete(frame);
    frame.srcdoc = `<h1>${world.word()}</h1>`;
  },
];

const fields: Edit[] = [
  (world) => {
    const field = world.tagged<HTMLInputElement>("input", "textarea");
    if (field && field.type !== "file") field.value = String(world.chance.number(999));
  },
  (world) => {
    const box = world.tagged<HTMLInputElement>("input");
    if (box && /checkbox|radio/.test(box.type)) box.checked = !box.checked;
  },
  (world) => {
    const box = world.tagged<HTMLInputElement>("input");
    if (box?.type === "checkbox") box.indeterminate = !box.indeterminate;
  },
  (world) => {
    const select = world.tagged<HTMLSelectElement>("select");
    if (select) select.selectedIndex = world.chance.number(select.options.length + 1) - 1;
  },
  (world) => {
    const select = world.tagged<HTMLSelectElement>("select");
    if (select) select.add(world.option(select.ownerDocument), world.chance.number(3));
  },
  (world) => world.tagged<HTMLSelectElement>("select")?.remove(0),
  (world) => {
    const option = world.tagged<HTMLOptionElement>("option");
    if (option) option.selected = !option.selected;
  },
  (world) => {
    const field = world.tagged<HTMLTextAreaElement>("textarea");
    if (field) field.textContent = world.word();
  },
  (world) => world.tagged<HTMLFormElement>("form")?.reset(),
  (world) => {
    const field = world.tagged<HTMLInputElement>("input");
    if (field && world.chance.once(3)) field.type = world.chance.pick(["text", "checkbox", "number", "range"]);
  },
];

const sheets: Edit[] = [
  (world) => {
    const sheet = sheetOf(world);
    sheet?.insertRule(rule(world), world.chance.number(sheet.cssRules.length + 1));
  },
  (world) => {
    const sheet = sheetOf(world);
    if (sheet?.cssRules.length) sheet.deleteRule(world.chance.number(sheet.cssRules.length));
  },
  (world) => {
    const sheet = sheetOf(world);
    const found = sheet?.cssRules.length ? (world.chance.pick(sheet.cssRules) as CSSStyleRule) : undefined;
    found?.style?.setProperty("color", world.chance.pick(COLORS));
  },
  (world) => {
    const sheet = sheetOf(world);
    const found = sheet?.cssRules.length ? (world.chance.pick(sheet.cssRules) as CSSStyleRule) : undefined;
    if (found?.selectorText) found.selectorText = `.k${world.chance.number(9)}`;
  },
  (world) => {
    const sheet = sheetOf(world);
    const group = [...(sheet?.cssRules ?? [])].find((one) => "media" in one) as CSSMediaRule | undefined;
    group?.insertRule(`.k3 { margin: ${world.chance.number(20)}px; }`, 0);
  },
  (world) => {
    const sheet = sheetOf(world);
    if (sheet) sheet.disabled = !sheet.disabled;
  },
  (world) => {
    if (world.sheets.length > 4) return;
    const sheet = new world.view.CSSStyleSheet();
    sheet.replaceSync(`${rule(world)} ${rule(world)}`);
    world.sheets.push(sheet);
    const root = rootOf(world);
    if (root.ownerDocument === null || root.ownerDocument === world.document)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  },
  (world) => {
    const root = rootOf(world);
    if (world.chance.once(2)) root.adoptedStyleSheets = [];
    else if (root.adoptedStyleSheets.length) root.adoptedStyleSheets.pop();
  },
  (world) => world.sheets.length && world.chance.pick(world.sheets).replaceSync(rule(world)),
  (world) => {
    const style = world.tagged("style");
    if (style) style.textContent = rule(world);
  },
  (world) => world.tagged("style")?.append(rule(world)),
];

const others: Edit[] = [
  (world) => world.tagged("details")?.toggleAttribute("open"),
  (world) => {
    const dialog = world.tagged<HTMLDialogElement>("dialog");
    if (!dialog) return;
    if (dialog.open) dialog.close();
    else if (world.chance.once(2)) dialog.show();
    else dialog.showModal();
  },
];

export const STATES: readonly Edit[] = [...shadows, ...slots, ...frames, ...fields, ...sheets, ...others];
