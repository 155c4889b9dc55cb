/** The page against the stage, node by node, with nothing left out but what may differ (SPEC F8). An oracle with rules of its own. */
import type { Player } from "../../../player/ports.ts";
import type { Visitor } from "./visitor.ts";

/** Told otherwise, or not at all: handlers, what loads, live state that is compared as such, marks of the player. */
const APART = /^(?:on|srcdoc$|src$|style$|sandbox$|data-twinpane|role$|aria-label$|open$|popover$)/;
const MASKED = ".no-upscope,[data-upscope-mask],[type=password]";
const CHILDLESS = new Set(["textarea", "template", "canvas"]);
const TEXT_TYPES = new Set(["text", "password", "number"]);

/** What is unlike, first of all; "" for two that are the same. */
export function compare(visitor: Visitor, player: Player): string {
  return new Comparison(visitor, player).pair(visitor.page.document, player.document, "");
}

/** With all masked: what may be seen is as in the page, and nothing else is there. */
export function compareMasked(visitor: Visitor, player: Player): string {
  const { nodes } = visitor.capture ?? {};
  const visit = (stage: Node): string => {
    const id = player.idOf(stage);
    const page = id === undefined ? undefined : nodes?.nodeOf(id);
    if (!page) return `${stage.nodeName} ${id} of the stage is not in the page`;
    if (stage.nodeType === 3 && stage.parentElement?.localName !== "style") {
      const [told, shown] = [(page as Text).data, (stage as Text).data];
      const isMasked = nodes?.isMasked(page) === true;
      if (isMasked ? /\S/.test(shown) : told !== shown)
        return `${isMasked ? "masked " : ""}${told} is ${shown} in ${chainOf(page)}`;
    }
    const shadow = (stage as Element).shadowRoot ?? (stage as HTMLIFrameElement).contentDocument;
    for (const child of [...(shadow && player.idOf(shadow) !== undefined ? [shadow] : []), ...stage.childNodes]) {
      const found = visit(child);
      if (found) return found;
    }
    return "";
  };
  return visit(player.document);
}

class Comparison {
  readonly #visitor: Visitor;
  readonly #player: Player;

  constructor(visitor: Visitor, player: Player) {
    this.#visitor = visitor;
    this.#player = player;
  }

  pair(page: Node, stage: Node | null | undefined, path: string): string {
    const here = `${path}/${page.nodeName.toLowerCase()}`;
    if (!stage) return `${here} is not on the stage`;
    const id = this.#visitor.idOf(page);
    if (id === undefined) return `${here} was not told`;
    if (this.#player.nodeOf(id) !== stage) return `${here}: node ${id} is elsewhere on the stage`;
    switch (page.nodeType) {
      case 1:
        return this.#element(page as Element, stage as Element, here);
      case 3:
        return this.#text(page as Text, stage as Text, here);
      case 8:
        return stage.nodeType === 8 && (stage as Comment).data === "" ? "" : `${here} is no empty comment`;
      case 9:
      case 11:
        return this.#root(page as Document, stage as Document, here);
      default:
        return "";
    }
  }

  #text(page: Text, stage: Text, here: string): string {
    // In a style element the first text has it all.
    if (page.parentElement?.localName === "style") return "";
    const told = this.#isSlottedAway(page) && /\S/.test(page.data) ? "" : page.data;
    return told === stage.data ? "" : `${here}: ${JSON.stringify(told)} is ${JSON.stringify(stage.data)}`;
  }

  /** Whether a child of a shadow host shows in a masked part of that shadow tree. */
  #isSlottedAway(page: Element | Text): boolean {
    const shadow = page.parentElement && this.#visitor.shadowOf(page.parentElement);
    const slots = shadow ? [...shadow.querySelectorAll("slot")] : [];
    const slot = slots.find((one) => one.assignedNodes().includes(page));
    for (let at: Element | null | undefined = slot; at; at = at.parentElement) {
      if (at.matches(MASKED) || this.#isSlottedAway(at)) return true;
    }
    return false;
  }

  #root(page: Document, stage: Document, here: string): string {
    const skipped = stage.nodeType === 9 ? 1 : 0; // the stage's own sheet
    const told = Array.from(page.adoptedStyleSheets, sheetText);
    const shown = Array.from(stage.adoptedStyleSheets, sheetText).slice(skipped);
    return differing(`${here} adopted sheets`, told, shown) || this.#children(page, stage, here);
  }

  #element(page: Element, stage: Element, path: string): string {
    const tag = page.localName;
    const here = page.hasAttribute("data-n") ? `${path}[${page.getAttribute("data-n")}]` : path;
    if (tag === "script" || tag === "noscript") {
      return stage.localName === "twinpane-inert" && !stage.firstChild ? "" : `${here} is no empty place`;
    }
    if (page.matches(MASKED) || this.#visitor.wasPassword(page) || this.#isSlottedAway(page))
      return this.#masked(page, stage, here);
    if (stage.localName !== tag || stage.namespaceURI !== page.namespaceURI) return `${here} is ${stage.localName}`;
    return (
      differing(`${here} attributes`, attributesOf(page), attributesOf(stage)) ||
      differing(`${here} style`, styleOf(page), styleOf(stage)) ||
      differing(`${here} state`, stateOf(page), stateOf(stage)) ||
      this.#inside(page, stage, here)
    );
  }

  #masked(page: Element, stage: Element, here: string): string {
    if (stage.getAttribute("class") !== page.getAttribute("class")) return `${here}: the class of what is masked`;
    const isField =
      page.localName === "textarea" || (page.localName === "input" && TEXT_TYPES.has((page as HTMLInputElement).type));
    if (isField) {
      const { value, type } = page as HTMLInputElement;
      const shown = (stage as HTMLInputElement).value;
      // A field of numbers takes no bullets.
      if (shown === "•".repeat(value.length) || (type === "number" && shown === "")) return "";
      return `${here}: ${value} shows as ${shown}`;
    }
    const isEmpty = !stage.firstChild && !stage.shadowRoot && !stage.textContent;
    return isEmpty ? "" : `${here}: something is in what is masked`;
  }

  #inside(page: Element, stage: Element, here: string): string {
    if (page.localName === "iframe") {
      const inner = (page as HTMLIFrameElement).contentDocument;
      return inner?.documentElement ? this.pair(inner, (stage as HTMLIFrameElement).contentDocument, here) : "";
    }
    if (page.localName === "style") {
      const [told, shown] = [(page as HTMLStyleElement).sheet, (stage as HTMLStyleElement).sheet];
      if (told && shown && sheetText(told) !== sheetText(shown))
        return `${here} sheet: ${sheetText(told)} is ${sheetText(shown)}`;
    }
    const shadow = this.#visitor.shadowOf(page);
    const found = shadow ? this.pair(shadow, stage.shadowRoot, here) : "";
    return found || (CHILDLESS.has(page.localName) ? "" : this.#children(page, stage, here));
  }

  #children(page: Node, stage: Node, here: string): string {
    let shown = stage.firstChild;
    for (let told = page.firstChild; told; told = told.nextSibling) {
      const found = this.pair(told, shown, here);
      if (found) return found;
      shown = shown?.nextSibling ?? null;
    }
    return shown ? `${here} has ${shown.nodeName} too many` : "";
  }
}

function differing(what: string, told: readonly string[], shown: readonly string[]): string {
  return told.join("\n") === shown.join("\n") ? "" : `${what}: ${told.join(" ")} is ${shown.join(" ")}`;
}

function attributesOf(element: Element): string[] {
  const isInput = element.localName === "input";
  return [...element.attributes]
    .filter(({ name }) => !APART.test(name) && !(isInput && /^(?:value|checked)$/.test(name)))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
}

function styleOf(element: Element): string[] {
  const { style } = element as HTMLElement;
  if (!style || element.localName === "canvas") return [];
  return Array.from(
    style,
    (name) => `${name}: ${style.getPropertyValue(name)} ${style.getPropertyPriority(name)}`,
  ).sort();
}

function stateOf(element: Element): string[] {
  const field = element as HTMLInputElement;
  switch (element.localName) {
    case "input":
      if (/checkbox|radio/.test(field.type)) return [`${field.indeterminate || field.checked} ${field.indeterminate}`];
      return field.type === "hidden" ? [] : [field.value];
    case "textarea":
      return [field.value];
    case "select":
      // Not `selectedOptions`: Firefox keeps a list that it does not always renew.
      return Array.from((element as HTMLSelectElement).options, (option) => String(option.selected));
    case "dialog":
      // One that has lost its attribute only shows nowhere, though it is modal still.
      return [(element as HTMLDialogElement).open ? `open ${element.matches(":modal")}` : "closed"];
    case "details":
      return [String((element as HTMLDetailsElement).open)];
    default:
      return [];
  }
}

function sheetText(sheet: CSSStyleSheet): string {
  const rules = Array.from(sheet.cssRules, (rule) => rule.cssText).join(" ");
  return `${sheet.disabled} ${sheet.media.mediaText} ${rules}`;
}

function chainOf(node: Node): string {
  const chain: string[] = [];
  for (let at = node.parentElement; at; at = at.parentElement) chain.unshift(`${at.localName}.${at.className}`);
  return chain.join(" > ");
}
