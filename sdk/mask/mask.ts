/**
 * The one door out of the page: decides what is masked, and is alone in making `SafeText` (SPEC M1-M3, invariant 1).
 * The facts' writer takes nothing else, so text of the page that did not pass here does not compile.
 */
import { maskedKindOf } from "#protocol/masked";
import type { Config } from "../ports.ts";
import { type Proxied, proxiedAttribute, proxiedOf } from "../proxied.ts";
import { type AddressRules, addressLeaving, titleLeaving } from "./address.ts";
import { attributeLeaving } from "./attributes.ts";
import { looksLikeCard, mayBecomeCard } from "./card.ts";
import { decide, Level } from "./decision.ts";

declare const safe: unique symbol;
/** Text that may leave the page. */
export type SafeText = string & { readonly [safe]: true };

const MASKED_CLASS = "no-upscope";
const MASKED = [
  `.${MASKED_CLASS}`,
  "[data-upscope-mask]",
  "input[type=password i]",
  '[autocomplete*="cc-" i]',
  '[autocomplete*="one-time-code" i]',
  // A password that was switched to text before we came.
  '[autocomplete*="-password" i]',
  'input[name*="passw" i]',
  'input[id*="passw" i]',
];
const DECIDING = new Set(["type", "name", "id", "value", "autocomplete", "data-upscope-mask"]);
const TEXT_TYPES = new Set("text password search email tel url number date time month week datetime-local".split(" "));
const LABELLED_TYPES = new Set(["submit", "button", "reset"]);
const CONTENT_TAGS = new Set(
  "img svg canvas video audio iframe frame object embed input select meter progress math picture".split(" "),
);
/** Needed to draw the page; they show no text of their own. */
const STYLE_TAGS = new Set(["link", "style", "meta", "base"]);
const FIELD = /^(?:input|textarea|select)$/;
const BULLET = "•";

function allow(text: string): SafeText {
  return text as SafeText;
}

function isTextField(element: Element): boolean {
  return element.localName === "textarea" || (element.localName === "input" && TEXT_TYPES.has(typeOf(element)));
}

function typeOf(element: Element): string {
  return (element as HTMLInputElement).type;
}

/** The selectors that the browser understands; warns of the others. */
function understood(page: Window, selectors: readonly string[]): string[] {
  const probe = page.document.createDocumentFragment();
  return selectors.filter((selector) => {
    try {
      probe.querySelector(selector);
      return true;
    } catch {
      console.warn(`Upscope: not a CSS selector, ignored: ${selector}`);
      return false;
    }
  });
}

export class Mask {
  /** Matches every element that a selector masks. */
  readonly selector: string;
  /** The rules of page and account by which an element's mask can depend on more than its own attributes; mostly none. */
  readonly placed: string;
  readonly maskAll: boolean;
  /** Set for a document in quirks mode: there classes match in any case. */
  foldsCase = false;
  /** Whether any element may be masked; else only those with an attribute that `isSuspect`, and fields. */
  readonly suspectsAll: boolean;
  /** The shadow root of an element, also a closed one. */
  shadowOf: (element: Element) => ShadowRoot | null = (element) => element.shadowRoot;
  /** The rules of page and account alone, and what tells the address. */
  readonly #own: string;
  /** As `selector`, without rules of ours for what tells the address. */
  readonly #ruled: string;
  readonly #unmasked: string;
  readonly #addresses: AddressRules;
  readonly #proxied: Proxied | null;
  readonly #document: Document;
  /** Fields that once held a password or a card number stay masked, in later epochs too. */
  readonly #forGood: WeakSet<Element>;

  constructor(
    page: Window,
    config: AddressRules & Pick<Config, "maskedElements" | "unmaskedElements">,
    forGood = new WeakSet<Element>(),
  ) {
    this.#document = page.document;
    this.#forGood = forGood;
    this.#addresses = config;
    this.#proxied = proxiedOf(page);
    const rules = understood(page, config.maskedElements);
    const own = rules.join(",");
    this.#ruled = own ? `${MASKED.join(",")},${own}` : MASKED.join(",");
    // A title may repeat what the address keeps back: it is told beside the address, without that.
    const keepsBack = config.maskedParameters.length > 0;
    this.selector = keepsBack ? `${this.#ruled},title` : this.#ruled;
    this.#own = [own, keepsBack ? "title" : ""].filter(Boolean).join(",");
    this.suspectsAll = this.#own !== "" || config.maskAll;
    this.placed = rules.filter((rule) => /[\s>+~:]/.test(rule)).join(",");
    this.maskAll = config.maskAll;
    this.#unmasked = config.maskAll ? understood(page, config.unmaskedElements).join(",") : "";
  }

  /** Whether our own selectors may match an element for this attribute: cheap, and to be trusted only when it says no. */
  isSuspect(name: string, value: string | null): boolean {
    if (name === "class") return value !== null && this.#mayBeMaskedClass(value);
    return name === "autocomplete" || name === "data-upscope-mask";
  }

  /** Whether rules of the page or the account may mask an element; what `isSuspect` tells, or what a field holds, is left out. */
  isSuspectByRule(element: Element): boolean {
    return this.maskAll || (this.#own !== "" && element.matches(this.#own));
  }

  /** As `isSuspect`, for an attribute that changed: also those that count for fields alone. */
  mayDecide(name: string, element: Element): boolean {
    return name === "class" ? this.isSuspect(name, element.getAttribute(name)) : DECIDING.has(name);
  }

  #mayBeMaskedClass(value: string): boolean {
    if (value.length < MASKED_CLASS.length) return false;
    return value.includes(MASKED_CLASS) || (this.foldsCase && value.toLowerCase().includes(MASKED_CLASS));
  }

  /** Return the level of an element whose parent is open (or, in `maskAll`, is a shell: `open` false). */
  level(element: Element, open: boolean): Level {
    const masked =
      element.matches(this.selector) || this.#isMaskedField(element) || this.isSlottedAway(element, element.parentNode);
    if (!masked && !this.maskAll) return Level.Open;
    const unmasked = open || STYLE_TAGS.has(element.localName) || this.#isUnmasked(element);
    return decide(
      {
        masked,
        textField: isTextField(element),
        unmasked,
        showsContent: !unmasked && (CONTENT_TAGS.has(element.localName) || hasOwnText(element)),
        holdsUnmasked: !unmasked && this.#unmasked !== "" && element.querySelector(this.#unmasked) !== null,
      },
      this.maskAll,
    );
  }

  /** Whether a node, or one it is in, is masked (SPEC M4). */
  isMasked(node: Node): boolean {
    if (node.nodeType === 3 && this.isSlottedAway(node, node.parentNode)) return true;
    const chain: Element[] = [];
    // The page itself may be in a frame of another; what is told begins with it.
    for (let at: Node | null = node; at && at !== this.#document; at = parentAcross(at)) {
      if (at.nodeType === 1) chain.unshift(at as Element);
    }
    let open = !this.maskAll;
    for (const element of chain) {
      const level = this.level(element, open);
      if (level === Level.Field || level === Level.Box) return true;
      open = level === Level.Open;
    }
    return !open;
  }

  /** Whether a child of a shadow host shows within something that is masked in there: it is inside as well. */
  isSlottedAway(child: Node, parent: Node | null): boolean {
    const shadow = parent?.nodeType === 1 ? this.shadowOf(parent as Element) : null;
    const slot = shadow && slotOf(child, shadow);
    return slot !== null && this.hidesSlot(slot);
  }

  /** Whether a slot stands within something that is masked in its shadow tree. */
  hidesSlot(slot: Element): boolean {
    for (let at: Element | null = slot; at; at = at.parentElement) {
      if (at.matches(this.selector) || this.isSlottedAway(at, at.parentNode)) return true;
    }
    return false;
  }

  /** Remember that a field held a password: it stays masked whatever its type becomes (SPEC M1). */
  keepMasked(element: Element): void {
    this.#forGood.add(element);
  }

  #isUnmasked(element: Element): boolean {
    return this.#unmasked !== "" && element.matches(this.#unmasked);
  }

  #isMaskedField(element: Element): boolean {
    const tag = element.localName;
    if (tag !== "input" && tag !== "textarea") return false;
    if (this.#forGood.has(element)) return true;
    const held =
      typeOf(element) === "password" || (isTextField(element) && looksLikeCard((element as HTMLInputElement).value));
    if (held) this.#forGood.add(element);
    return held;
  }

  // ---- what leaves ------------------------------------------------------------------------------

  tagName(localName: string): SafeText {
    return allow(localName);
  }

  /** Return the text of a node whose parent has been told. */
  text(data: string, open: boolean): SafeText {
    return allow(open || !/\S/.test(data) ? data : "");
  }

  attributeName(name: string): SafeText {
    return allow(name);
  }

  attribute(element: Element, tag: string, level: Level, name: string, value: string): SafeText | null {
    const leaving = attributeLeaving(tag, level, name, value, tag === "meta" ? element.getAttribute("name") : null);
    if (leaving === null) return null;
    const told = this.#addresses.maskedParameters.length ? addressLeaving(leaving, this.#addresses) : leaving;
    const proxied = this.#proxied;
    return allow(proxied ? proxiedAttribute(proxied, tag, name, told, element.baseURI) : told);
  }

  /** Return what a masked field is for, in our own words; null for what is no field. */
  kindOf(element: Element): SafeText | null {
    if (!FIELD.test(element.localName)) return null;
    return allow(maskedKindOf(element.getAttribute("autocomplete"), element.getAttribute("type")));
  }

  /** Return the live value of a field that was told at `level`, or null when it never leaves. */
  value(field: HTMLInputElement | HTMLTextAreaElement, level: Level): SafeText | null {
    const type = field.type;
    if (type === "hidden") return null;
    if (type === "file") return level === Level.Open ? allow(namesOf(field as HTMLInputElement)) : null;
    if (level === Level.Field) return allow(BULLET.repeat(field.value.length));
    if (level !== Level.Open) return null;
    if (type === "text" || type === "tel" || type === "search" || type === "number" || type === "textarea") {
      // A card number is known at its last digit; those before must not have left by then.
      if (mayBecomeCard(field.value) && field.matches(":focus")) return allow(BULLET.repeat(field.value.length));
    }
    if (type === "checkbox" || type === "radio" || type === "image") return null;
    if (!LABELLED_TYPES.has(type)) return allow(field.value);
    const label = field.getAttribute("value");
    return label === null ? null : allow(label);
  }

  /** Computed `display` of a masked element. */
  display(value: string): SafeText {
    return allow(/^[a-z -]*$/.test(value) ? value : "block");
  }

  /** A property or value of an open element's inline style, or a style sheet's text. */
  css(text: string): SafeText {
    return allow(this.#proxied?.encodeCss(text) ?? text);
  }

  /** Without what the rules keep back of it, as `base` and `title`. */
  url(document: Document): SafeText {
    return allow(addressLeaving(document.URL, this.#addresses));
  }

  base(document: Document): SafeText {
    // What is fetched relative to it is the proxy's; links are told whole.
    return allow(addressLeaving(this.#proxied?.encode(document.baseURI) ?? document.baseURI, this.#addresses));
  }

  title(document: Document): SafeText {
    const element = document.querySelector("title");
    const isMasked = element !== null && element.closest(this.#ruled) !== null;
    return allow(isMasked ? "" : titleLeaving(document.title, document.URL, this.#addresses));
  }

  doctype(doctype: DocumentType): readonly [SafeText, SafeText, SafeText] {
    return [allow(doctype.name), allow(doctype.publicId), allow(doctype.systemId)];
  }

  /** A batch from a frame of another site, let through by the mask there. */
  elsewhere(batch: string): SafeText {
    return allow(batch);
  }

  /** Words of our own, or pixels of an open canvas. */
  own(text: string): SafeText {
    return allow(text);
  }
}

/** Names of chosen files, without their folders. */
function namesOf(field: HTMLInputElement): string {
  return Array.from(field.files ?? [], (file) => file.name).join("\n");
}

function hasOwnText(element: Element): boolean {
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === 3 && /\S/.test((child as Text).data)) return true;
  }
  return false;
}

/** The slot in which a child of a host shows. Of a closed root the browser does not tell by the child. */
function slotOf(child: Node, shadow: ShadowRoot): Element | null {
  if (shadow.mode === "open") return (child as Element | Text).assignedSlot ?? null;
  return [...shadow.querySelectorAll("slot")].find((slot) => slot.assignedNodes().includes(child)) ?? null;
}

/** The node that holds this one, out of shadow roots and same-origin frames too. */
export function parentAcross(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  if (node.nodeType === 11) return (node as ShadowRoot).host ?? null;
  try {
    return node.nodeType === 9 ? ((node as Document).defaultView?.frameElement ?? null) : null;
  } catch {
    return null;
  }
}
