/**
 * What scripts did to the sheets of style and link elements, on top of their text. A browser makes a new sheet of an element
 * that is inserted again, Firefox also of one that is moved; where only the stage does that, the page's edits must outlast it.
 */
import { isElement, outerNode } from "../nodes/numbers.ts";
import type { Address } from "../stage/urls.ts";
import type { Attributes } from "./attributes.ts";
import { markLoadedSheet } from "./loaded.ts";
import type { Mirror } from "./mirror.ts";

export type Owner = HTMLStyleElement | HTMLLinkElement;
export type Edit = (sheet: CSSStyleSheet, address: Address) => void;

export interface SheetEdits {
  /** Edit an element's sheet, once it has been loaded. */
  edit(element: Owner, edit: Edit): void;
  /** Call before a node is taken out or moved. */
  keep(node: Node): void;
  /** Call when it is in its place. */
  restore(node: Node): void;
}

function textsOf({ cssRules }: CSSStyleSheet): string[] {
  return Array.from(cssRules, (rule) => rule.cssText);
}

/** Make a new sheet what the one before was: that one keeps its rules. */
function copying(sheet: CSSStyleSheet): Edit {
  return (fresh) => {
    const texts = textsOf(sheet);
    const media = sheet.media.mediaText;
    if (textsOf(fresh).join() !== texts.join()) {
      while (fresh.cssRules.length > 0) fresh.deleteRule(fresh.cssRules.length - 1);
      for (const text of texts) fresh.insertRule(text, fresh.cssRules.length);
    }
    fresh.disabled = sheet.disabled;
    if (fresh.media.mediaText !== media) fresh.media.mediaText = media;
  };
}

export function startSheetEdits(mirror: Mirror, attributes: Attributes): SheetEdits {
  /** Edits of sheets that are not loaded yet. */
  const waiting = new WeakMap<Element, Edit[]>();
  const edited = new Set<Owner>();
  const kept = new Map<Owner, CSSStyleSheet>();

  function addressFor(element: Element): Address {
    const address = mirror.addressOf(element.ownerDocument);
    const base = attributes.urlOf(element);
    return element.localName === "link" && base !== undefined ? { ...address, base } : address;
  }

  function edit(element: Owner, now: Edit): void {
    edited.add(element);
    if (element.sheet) now(element.sheet, addressFor(element));
    else waiting.set(element, [...(waiting.get(element) ?? []), now]);
  }

  function loaded(event: Event): void {
    const link = event.target as HTMLLinkElement;
    if (!isElement(link) || link.localName !== "link" || !link.sheet) return;
    for (const edit of waiting.get(link) ?? []) edit(link.sheet, addressFor(link));
    waiting.delete(link);
    markLoadedSheet(link.sheet, mirror.media);
  }

  /** The node, or one in it, in its shadow trees too. */
  function isIn(element: Node, node: Node): boolean {
    for (let at: Node | null = element; at; at = outerNode(at)) if (at === node) return true;
    return false;
  }

  mirror.rootBegins.push((root) => root.addEventListener("load", loaded, true));
  mirror.batchEnd.push(() => kept.clear());
  return {
    edit,
    keep(node) {
      for (const element of edited) {
        if (mirror.nodes.idOf(element) === undefined) edited.delete(element);
        else if (element.sheet && isIn(element, node)) kept.set(element, element.sheet);
      }
    },
    restore(node) {
      for (const [element, sheet] of kept) {
        if (!isIn(element, node) || !element.isConnected) continue;
        kept.delete(element);
        if (element.sheet !== sheet) edit(element, copying(sheet));
      }
    },
  };
}
