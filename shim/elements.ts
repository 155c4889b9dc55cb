/** What the page gives elements: attributes, properties, markup, text, and nodes that other documents made. */
import { type Encoders, encodeAttribute, encodeHtml, encodeText } from "./html.ts";
import { apply, argument, argumentsOf, defineProperty, getter, method, type Native, setter } from "./patch.ts";
import type { Realm } from "./realm.ts";
import { encodeSelector } from "./selectors.ts";

/** Properties that reflect an attribute of (nearly) the same name. */
const REFLECTED: Readonly<Record<string, string>> = {
  HTMLAnchorElement: "ping",
  HTMLBaseElement: "href",
  HTMLBodyElement: "background",
  HTMLEmbedElement: "src",
  HTMLFrameElement: "src",
  HTMLIFrameElement: "src srcdoc",
  HTMLImageElement: "src srcset",
  HTMLInputElement: "src",
  HTMLLinkElement: "href imageSrcset",
  HTMLMediaElement: "src",
  HTMLObjectElement: "data",
  HTMLScriptElement: "src",
  HTMLSourceElement: "src srcset",
  HTMLTrackElement: "src",
  HTMLVideoElement: "poster",
};
const INTEGRITY = "data-tp-integrity";
/** What may hold an address or a script when a node comes from elsewhere. */
const WORTH =
  "script,style,iframe,frame,[src],[srcset],[poster],object,link,image,use,[style*='//'],[background],[onclick],[onload],[onerror]";
const ADDRESSES =
  "src srcset poster data href xlink:href style srcdoc background imagesrcset onclick onload onerror".split(" ");

type Interfaces = Record<string, { prototype: object } | undefined>;

export class Elements {
  readonly #realm: Realm;
  readonly #to: Encoders;
  readonly #view: Interfaces;
  readonly getAttribute: (name: string) => string | null;
  readonly setAttribute: (name: string, value: string) => void;
  /** Scripts that have been looked at: they run but once. */
  readonly #seen = new WeakSet<Node>();
  readonly #onFrame: (frame: HTMLIFrameElement) => void;

  constructor(realm: Realm, prelude: () => string, onFrame: (frame: HTMLIFrameElement) => void) {
    const { encode, encodePlace, rewrite, view } = realm;
    this.#realm = realm;
    this.#view = view as unknown as Interfaces;
    this.#to = { encode, encodePlace, rewrite, prelude };
    this.#onFrame = onFrame;
    ({ getAttribute: this.getAttribute, setAttribute: this.setAttribute } = view.Element.prototype);
  }

  install(): void {
    this.#properties();
    this.#attributes();
    this.#markup();
    this.#texts();
    this.#insertions();
  }

  #encoded(element: Element, name: string, value: unknown): string {
    return encodeAttribute(element.localName, name.toLowerCase(), String(value), this.#to);
  }

  #properties(): void {
    const { decode, encode } = this.#realm;
    for (const [kind, names] of Object.entries(REFLECTED)) {
      const prototype = this.#view[kind]?.prototype;
      for (const name of names.split(" ")) {
        getter(prototype, name, decode);
        setter(prototype, name, (value, self) => this.#encoded(self as Element, name, value));
      }
    }
    getter<string>(this.#realm.view.SVGAnimatedString.prototype, "baseVal", decode);
    setter(this.#realm.view.SVGAnimatedString.prototype, "baseVal", encode);
    const { getAttribute, setAttribute } = this;
    for (const kind of ["HTMLScriptElement", "HTMLLinkElement"]) {
      // The body differs from what was hashed.
      defineProperty(this.#view[kind]?.prototype as object, "integrity", {
        get(this: Element) {
          return getAttribute.call(this, INTEGRITY) ?? "";
        },
        set(this: Element, value: string) {
          setAttribute.call(this, INTEGRITY, value);
        },
        enumerable: true,
        configurable: true,
      });
    }
  }

  #attributes(): void {
    const element = this.#realm.view.Element.prototype;
    const { decode } = this.#realm;
    const isHashed = (self: unknown, name: unknown): boolean =>
      name === "integrity" && /^(?:script|link)$/.test((self as Element).localName);
    method(element, "getAttribute getAttributeNS", (self, args, native) => {
      const name = args.length > 1 ? args[1] : args[0];
      const value = apply(native, self, args) as string | null;
      if (value === null && isHashed(self, name)) return this.getAttribute.call(self, INTEGRITY);
      return value === null ? null : decode(value);
    });
    argumentsOf(element, "setAttribute", (args, self) => {
      if (args.length < 2) return;
      if (isHashed(self, args[0])) args[0] = INTEGRITY;
      args[1] = this.#encoded(self as Element, String(args[0]), args[1]);
    });
    argumentsOf(element, "setAttributeNS", (args, self) => {
      if (args.length > 2) args[2] = this.#encoded(self as Element, String(args[1]), args[2]);
    });
    setter(this.#realm.view.Attr.prototype, "value", (value, self) => {
      const { ownerElement, name } = self as Attr;
      return ownerElement ? this.#encoded(ownerElement, name, value) : value;
    });
    argumentsOf(element, "setAttributeNode setAttributeNodeNS", ([attribute], self) => {
      const { name, value } = attribute as Attr;
      const encoded = this.#encoded(self as Element, name, value);
      if (encoded !== value) (attribute as Attr).value = encoded;
    });
  }

  // ---- markup -------------------------------------------------------------------------------------

  #markup(): void {
    const html = (value: unknown): string => encodeHtml(value === null ? "" : String(value), this.#to);
    const inner = (value: unknown, self: unknown): string => {
      const tag = (self as Element).localName;
      return tag === "script" || tag === "style" ? this.#text(self as Element, String(value)) : html(value);
    };
    const element = this.#realm.view.Element.prototype;
    setter(element, "innerHTML", inner);
    setter(element, "outerHTML", html);
    setter(this.#realm.view.ShadowRoot.prototype, "innerHTML", html);
    argument(element, "setHTMLUnsafe", 0, html);
    argument(this.#realm.view.ShadowRoot.prototype, "setHTMLUnsafe", 0, html);
    argument(element, "insertAdjacentHTML", 1, html);
    argument(this.#realm.view.Range.prototype, "createContextualFragment", 0, html);
    argumentsOf(this.#realm.view.Document.prototype, "write writeln", (args) => {
      args.splice(0, args.length, html(args.map(String).join("")));
    });
  }

  /** Text for a script or style element, which the browser will run or apply. */
  #text(element: Element, text: string): string {
    return encodeText(element.localName, this.getAttribute.call(element, "type") ?? "", text, this.#to);
  }

  #textInto(parent: Node, text: string): string {
    const tag = (parent as Element).localName;
    // A script is looked at when it comes into the document, unless it is there.
    return tag === "style" || (tag === "script" && parent.isConnected) ? this.#text(parent as Element, text) : text;
  }

  #texts(): void {
    const { view } = this.#realm;
    const asText = (value: unknown, self: unknown): unknown =>
      typeof value === "string" ? this.#textInto(self as Node, value) : value;
    setter(view.Node.prototype, "textContent", asText);
    setter(view.HTMLElement.prototype, "innerText", asText);
    setter(view.HTMLScriptElement.prototype, "text", asText);
    const inStyle = (value: unknown, self: unknown): unknown => {
      if (typeof value !== "string" || !value.includes("//")) return value;
      const parent = (self as Node).parentNode;
      return parent?.nodeName === "STYLE" ? this.#realm.encodeCss(value) : value;
    };
    setter(view.CharacterData.prototype, "data", inStyle);
    setter(view.Node.prototype, "nodeValue", inStyle);
    argument(view.CharacterData.prototype, "appendData", 0, inStyle);
  }

  // ---- nodes --------------------------------------------------------------------------------------

  #insertions(): void {
    const { view } = this.#realm;
    const around = (into: (self: unknown) => Node | null) => (self: unknown, args: unknown[], native: Native) => {
      const parent = into(self);
      const frames: HTMLIFrameElement[] = [];
      args.forEach((node, index) => {
        if (typeof node === "object" && node !== null) this.#prepare(node as Node, parent, frames);
        else if (typeof node === "string" && parent) args[index] = this.#textInto(parent, node);
      });
      const result = apply(native, self, args);
      for (const frame of frames) this.#onFrame(frame);
      return result;
    };
    const inside = around((self) => self as Node);
    const beside = around((self) => (self as Node).parentNode);
    method(view.Node.prototype, "appendChild insertBefore replaceChild", inside);
    for (const { prototype } of [view.Element, view.Document, view.DocumentFragment]) {
      method(prototype, "append prepend replaceChildren moveBefore", inside);
      argument(prototype, "querySelector querySelectorAll matches closest", 0, (selector) =>
        encodeSelector(String(selector), this.#to.encode),
      );
    }
    for (const { prototype } of [view.Element, view.CharacterData]) {
      method(prototype, "before after replaceWith", beside);
    }
    method(view.Element.prototype, "insertAdjacentElement", beside);
  }

  /** Make a node ready for its place in the document: it may come from one that is not ours. */
  #prepare(node: Node, parent: Node | null, frames: HTMLIFrameElement[]): void {
    if (node.nodeType === 3) {
      const text = (node as Text).data;
      const encoded = parent ? this.#textInto(parent, text) : text;
      if (encoded !== text) (node as Text).data = encoded;
      return;
    }
    if (!parent?.isConnected || (node.nodeType !== 1 && node.nodeType !== 11)) return;
    const element = node as Element;
    if (node.nodeType === 1 && element.matches(WORTH)) this.#fix(element, frames);
    if (!element.firstElementChild) return;
    for (const found of element.querySelectorAll(WORTH)) this.#fix(found, frames);
  }

  #fix(element: Element, frames: HTMLIFrameElement[]): void {
    const tag = element.localName;
    if (tag === "iframe") frames.push(element as HTMLIFrameElement);
    for (const name of ADDRESSES) {
      const value = this.getAttribute.call(element, name);
      if (value === null) continue;
      const encoded = this.#encoded(element, name, value);
      if (encoded !== value) this.setAttribute.call(element, name, encoded);
    }
    if ((tag !== "script" && tag !== "style") || this.#seen.has(element)) return;
    this.#seen.add(element);
    const text = element.textContent ?? "";
    const encoded = this.#text(element, text);
    if (encoded !== text) element.textContent = encoded;
  }
}
