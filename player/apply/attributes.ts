/** Attributes, inline style. */
import { Op } from "#protocol/facts";
import { rewriteCss } from "../stage/css.ts";
import { attributeFor, INERT_TAG, type Space } from "../stage/markup.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

const SPACES: Record<string, Space> = {
  "http://www.w3.org/2000/svg": "svg",
  "http://www.w3.org/1998/Math/MathML": "mathml",
};

export interface Attributes {
  readonly kinds: Kinds;
  set(element: Element, name: string, value: string | null): void;
  /** Let another file decide over some attributes of an element: true means done. */
  intercept(element: Element, own: (name: string, value: string | null) => boolean): void;
  /** The absolute address of a style sheet that a link was told to load. */
  sheetUrl(link: Element): string | undefined;
}

export function startAttributes(mirror: Mirror): Attributes {
  const interceptors = new WeakMap<Element, (name: string, value: string | null) => boolean>();
  const sheetUrls = new WeakMap<Element, string>();

  function set(element: Element, name: string, value: string | null): void {
    if (interceptors.get(element)?.(name, value)) return;
    const tag = element.localName;
    if (tag === INERT_TAG) return;
    const address = mirror.addressOf(element.ownerDocument);
    if (tag === "link" && name === "href" && value !== null && URL.canParse(value, address.base)) {
      sheetUrls.set(element, new URL(value, address.base).href);
    }
    const space = SPACES[element.namespaceURI ?? ""] ?? "html";
    const allowed = attributeFor(space, tag, name, value ?? "", address);
    try {
      if (value === null || !allowed) element.removeAttribute(allowed?.[0] ?? name);
      else element.setAttribute(...allowed);
    } catch {
      // Parsers take names that setAttribute of older browsers refuses ("@click"); nothing on the stage needs them.
    }
  }

  return {
    set,
    intercept: (element, own) => interceptors.set(element, own),
    sheetUrl: (link) => sheetUrls.get(link),
    kinds: {
      [Op.Attribute]: (facts) => set(mirror.nodes.element(facts.num()), facts.str(), facts.strOrNull()),
      [Op.Style]: (facts) => {
        const element = mirror.nodes.element(facts.num());
        const address = mirror.addressOf(element.ownerDocument);
        for (let count = readCount(facts); count > 0; count--) {
          const property = facts.str();
          const value = facts.strOrNull();
          const priority = facts.num() === 1 ? "important" : "";
          if (interceptors.get(element)?.("style", value)) continue;
          if (value === null) element.style?.removeProperty(property);
          else element.style?.setProperty(property, rewriteCss(value, address), priority);
        }
      },
    },
  };
}
