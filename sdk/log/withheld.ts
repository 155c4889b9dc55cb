/** Gathers what masks withhold in the page now, so that no text of the console repeats it (SPEC C3). */
import type { Mask } from "../mask/mask.ts";
import type { Secrets } from "../mask/secrets.ts";

const FIELDS = "input,textarea,select";
/** Shorter values of attributes and hidden inputs are words such as "en" or "true". */
const MIN_LENGTH = 5;
const TELLING = /^(?:data-|href$|src$|value$)/;
/** How often new shadow roots and frames are looked for. */
const ROOTS_MS = 1000;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The document, and all shadow roots and same-origin frames in it. */
function rootsIn(root: Document | ShadowRoot, shadowOf: Mask["shadowOf"]): (Document | ShadowRoot)[] {
  const found: (Document | ShadowRoot)[] = [root];
  for (const element of root.querySelectorAll("*")) {
    const shadow = shadowOf(element);
    if (shadow) found.push(...rootsIn(shadow, shadowOf));
    const inner = (element as Partial<HTMLIFrameElement>).contentDocument;
    if (inner) found.push(...rootsIn(inner, shadowOf));
  }
  return found;
}

export class Withheld {
  readonly #page: Window;
  readonly #secrets: Secrets;
  /** What stands in fields as it was last typed: scripts may empty them before anything is said. */
  readonly #typed = new Map<Element, string>();
  readonly #values = new WeakMap<Element, string>();
  #roots: (Document | ShadowRoot)[] = [];
  #lookedAt_ms = Number.NEGATIVE_INFINITY;

  constructor(page: Window, secrets: Secrets) {
    this.#page = page;
    this.#secrets = secrets;
  }

  /** A field was typed into. */
  typed(field: EventTarget | undefined, mask: Mask): void {
    const { value } = field as Partial<HTMLInputElement>;
    if (typeof value !== "string" || value === "" || !mask.isMasked(field as Element)) return;
    this.#typed.delete(field as Element);
    this.#typed.set(field as Element, value);
  }

  gather(mask: Mask): void {
    const now_ms = this.#page.performance.now();
    if (now_ms - this.#lookedAt_ms > ROOTS_MS) {
      this.#lookedAt_ms = now_ms;
      this.#roots = rootsIn(this.#page.document, mask.shadowOf);
    }
    for (const value of this.#typed.values()) this.#secrets.keep(value);
    this.#typed.clear();
    for (const root of this.#roots) {
      for (const field of root.querySelectorAll<Field>(FIELDS)) this.#field(field, mask);
      for (const box of root.querySelectorAll(mask.selector)) if (box.localName !== "title") this.#box(box);
    }
  }

  #field(field: Field, mask: Mask): void {
    if (field.type === "hidden") this.#long(field.value);
    else if (mask.isMasked(field)) {
      this.#kept(field);
      if ("selectedOptions" in field) for (const { text } of field.selectedOptions) this.#secrets.keep(text);
    }
  }

  /** A value that is still being typed takes the place of its beginning. */
  #kept(field: Field): void {
    const before = this.#values.get(field);
    const { value } = field;
    if (before === value) return;
    if (before && value.startsWith(before)) this.#secrets.forget(before);
    this.#secrets.keep(value);
    this.#values.set(field, value);
  }

  #box(box: Element): void {
    const walker = box.ownerDocument.createTreeWalker(box, 5 /* elements and texts */);
    for (let at: Node | null = box; at; at = walker.nextNode()) {
      if (at.nodeType === 3) this.#secrets.keep((at as Text).data);
      else for (const { name, value } of (at as Element).attributes) if (TELLING.test(name)) this.#long(value);
    }
  }

  #long(text: string): void {
    if (text.length >= MIN_LENGTH) this.#secrets.keep(text);
  }
}
