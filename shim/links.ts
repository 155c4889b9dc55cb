/** Links and forms keep the site's addresses until they are used; then, just in time, they get the browser's (SPEC Y). */
import type { Elements } from "./elements.ts";
import { apply, defineProperty, getOwnPropertyDescriptor, getter, method, type Native, setter } from "./patch.ts";
import type { Realm } from "./realm.ts";

const MOMENTS = ["pointerdown", "mousedown", "click", "auxclick", "contextmenu", "dragstart", "keydown"];
const PARTS = ["protocol", "host", "hostname", "port", "origin"] as const;

export class Links {
  readonly #realm: Realm;
  readonly #elements: Elements;
  readonly #isTop: boolean;

  constructor(realm: Realm, elements: Elements, isTop: boolean) {
    this.#realm = realm;
    this.#elements = elements;
    this.#isTop = isTop;
  }

  install(): void {
    const { view } = this.#realm;
    for (const { prototype } of [view.HTMLAnchorElement, view.HTMLAreaElement]) this.#parts(prototype);
    method(view.HTMLElement.prototype, "click", (self, args, native) => {
      this.#ready(self as Element);
      return apply(native, self, args);
    });
    method(view.HTMLFormElement.prototype, "submit", (self, args, native) => {
      this.#readyForm(self as HTMLFormElement, null);
      return apply(native, self, args);
    });
    this.listen();
  }

  /** Listen; once more is no harm. */
  listen(): void {
    const { view } = this.#realm;
    for (const moment of MOMENTS) view.addEventListener(moment, this.#used, true);
    view.addEventListener("submit", this.#submitted, true);
  }

  readonly #used = (event: Event): void => {
    for (const target of event.composedPath()) {
      if (target === this.#realm.view) return;
      if (/^a(?:rea)?$/.test((target as Element).localName ?? "")) this.#ready(target as Element);
    }
  };

  readonly #submitted = (event: SubmitEvent): void => {
    const form = event.composedPath()[0] as HTMLFormElement;
    if (form.localName === "form") this.#readyForm(form, event.submitter);
  };

  #ready(link: Element): void {
    if (!/^a(?:rea)?$/.test(link.localName)) return;
    for (const name of ["href", "xlink:href"]) this.#encode(link, name);
    this.#retarget(link, "target");
  }

  #readyForm(form: HTMLFormElement, submitter: Element | null): void {
    this.#encode(form, "action");
    this.#retarget(form, "target");
    if (!submitter) return;
    this.#encode(submitter, "formaction");
    this.#retarget(submitter, "formtarget");
  }

  #encode(element: Element, name: string): void {
    const value = this.#elements.getAttribute.call(element, name);
    if (value === null) return;
    const encoded = this.#realm.encodePlace(value);
    if (encoded !== value) this.#elements.setAttribute.call(element, name, encoded);
  }

  /** The frame above the topmost proxied one is the embedder's. */
  #retarget(element: Element, name: string): void {
    const target = this.#elements.getAttribute.call(element, name);
    if (target && this.#isOutside(target)) this.#elements.setAttribute.call(element, name, "_self");
  }

  #isOutside(target: string): boolean {
    const { view } = this.#realm;
    return this.#isTop && view.top !== view && /^_(?:top|parent)$/i.test(target);
  }

  /** Return where `window.open` may go. */
  target(name: unknown): unknown {
    return typeof name === "string" && this.#isOutside(name) ? "_self" : name;
  }

  #parts(prototype: HTMLAnchorElement | HTMLAreaElement): void {
    // Of `//host` the browser takes our scheme for the site's.
    const decode = (text: string, self: unknown): string => {
      const { base, decode } = this.#realm;
      const found = /^https?:/.test(text) && this.#elements.getAttribute.call(self as Element, "href")?.trim();
      return found && /^[/\\]{2}/.test(found) ? decode(new URL(found, base).href) : decode(text);
    };
    const href = getOwnPropertyDescriptor(prototype, "href") as { get: Native; set: Native };
    const real = (self: unknown): URL | null => {
      const text = decode(String(apply(href.get, self, [])), self);
      return /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : null;
    };
    for (const name of PARTS) {
      getter(prototype, name, (value, self) => real(self)?.[name] ?? value);
      if (name === "origin") continue;
      const set = function (this: unknown, value: string): void {
        const url = real(this);
        if (!url) return;
        url[name] = value;
        apply(href.set, this, [url.href]);
      };
      defineProperty(prototype, name, { ...getOwnPropertyDescriptor(prototype, name), set });
    }
    getter<string>(prototype, "href", decode);
    setter(prototype, "href", (value) => (/javascript:/i.test(String(value)) ? this.#realm.encodePlace(value) : value));
    method(prototype, "toString", (self, args, native) => decode(String(apply(native, self, args)), self));
  }
}
