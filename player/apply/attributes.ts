/** Attributes, inline style. */
import { isCompared } from "#protocol/digest";
import { Op } from "#protocol/facts";
import { MASKED_KIND, type MaskedKind } from "#protocol/masked";
import { rewriteCss } from "../stage/css.ts";
import { attributeFor, INERT_TAG, type Space } from "../stage/markup.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

const SPACES: Record<string, Space> = {
  "http://www.w3.org/2000/svg": "svg",
  "http://www.w3.org/1998/Math/MathML": "mathml",
};

/** Set by the player alone; what is refused otherwise is taken away, these are not. */
const OURS = /^(sandbox$|data-twinpane)/i;

/** Decides over some attributes of an element, or its inline style, instead of the rules: true means done. */
export interface Own {
  attribute(name: string, value: string | null): boolean;
  style?(property: string, value: string | null): boolean;
}

export interface Attributes {
  readonly kinds: Kinds;
  set(element: Element, name: string, value: string | null): void;
  intercept(element: Element, own: Own): void;
  /** The absolute address that a link or frame was told to load. */
  urlOf(element: Element): string | undefined;
}

export function startAttributes(mirror: Mirror): Attributes {
  const owns = new WeakMap<Element, Own>();
  const urls = new WeakMap<Element, string>();

  /** Say what is hidden, to the eye and to screen readers. */
  function describe(element: Element, kind: string): void {
    const { hiddenWords = "Hidden from view", hiddenKinds } = mirror.options;
    const word = hiddenKinds && Object.hasOwn(hiddenKinds, kind) ? hiddenKinds[kind as MaskedKind] : "";
    const words = word ? `${hiddenWords}: ${word}` : hiddenWords;
    element.setAttribute(MASKED_KIND, kind);
    element.setAttribute("aria-label", words);
    element.setAttribute("title", words);
  }

  function set(element: Element, name: string, value: string | null): void {
    if (name === MASKED_KIND) {
      if (value !== null) describe(element, value);
      return;
    }
    if (owns.get(element)?.attribute(name, value)) return;
    const tag = element.localName;
    if (OURS.test(name) || (tag === INERT_TAG && !isCompared(name))) return;
    const address = mirror.addressOf(element.ownerDocument);
    const loads = (tag === "link" && name === "href") || (tag === "iframe" && name === "src");
    if (loads && value !== null && URL.canParse(value, address.base)) {
      urls.set(element, new URL(value, address.base).href);
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
    intercept: (element, own) => owns.set(element, own),
    urlOf: (element) => urls.get(element),
    kinds: {
      [Op.Attribute]: (facts) => set(mirror.nodes.element(facts.num()), facts.str(), facts.strOrNull()),
      [Op.Attributes]: (facts) => {
        const name = facts.str();
        let id = 0;
        for (let count = readCount(facts); count > 0; count--) {
          id += facts.num();
          set(mirror.nodes.element(id), name, facts.refOrNull());
        }
      },
      [Op.Style]: (facts) => {
        const element = mirror.nodes.element(facts.num());
        const address = mirror.addressOf(element.ownerDocument);
        for (let count = readCount(facts); count > 0; count--) {
          const property = facts.str();
          const value = facts.strOrNull();
          const priority = facts.num() === 1 ? "important" : "";
          if (owns.get(element)?.style?.(property, value)) continue;
          if (value === null) element.style?.removeProperty(property);
          else element.style?.setProperty(property, rewriteCss(value, address), priority);
        }
      },
    },
  };
}
