/** Windows that begin empty and are of our origin: they get the shim at once, by our hand. */
import { apply, getOwnPropertyDescriptor, getter, method, type Native } from "./patch.ts";
import type { Config, Realm, View } from "./realm.ts";

export type Install = (view: View, config: Config) => void;

export class Frames {
  readonly #realm: Realm;
  readonly #install: Install;
  readonly #config: () => Config;
  readonly #windowOf: Native;

  /** `config` is ours as it is now. */
  constructor(realm: Realm, config: () => Config, install: Install) {
    this.#realm = realm;
    this.#install = install;
    this.#config = config;
    const { prototype } = realm.view.HTMLIFrameElement;
    this.#windowOf = getOwnPropertyDescriptor(prototype, "contentWindow")?.get as Native;
  }

  install(target: (name: unknown) => unknown): void {
    const { view } = this.#realm;
    for (const kind of [view.HTMLIFrameElement, view.HTMLFrameElement, view.HTMLObjectElement]) {
      getter<View | null>(kind?.prototype, "contentWindow", (found) => this.enter(found));
      getter<Document | null>(kind?.prototype, "contentDocument", (found) => {
        this.enter(found?.defaultView as View | null);
        return found;
      });
    }
    method(view, "open", (self, [url, name, ...rest], native) => {
      const to = url === undefined || url === "" ? url : this.#realm.encodePlace(url);
      const opened = apply(native, self, [to, target(name), ...rest]);
      return this.enter(opened as View | null);
    });
    const { document } = view;
    const arrived = (event: Event): void => {
      if ((event.target as Element | null)?.localName === "iframe") this.frame(event.target as HTMLIFrameElement);
    };
    document.addEventListener("load", arrived, true);
    document.addEventListener("DOMContentLoaded", () => this.all());
  }

  all(): void {
    for (const frame of this.#realm.view.document.querySelectorAll("iframe")) this.frame(frame);
  }

  frame(frame: HTMLIFrameElement): void {
    this.enter(apply(this.#windowOf, frame, []) as View | null);
  }

  /** Install in a window that no server's document is in; others come with their own, or are none of ours. */
  enter(view: View | null): View | null {
    try {
      if (view && view !== this.#realm.view && !/^https?:/.test(view.location.protocol) && !("__tp$L" in view)) {
        this.#install(view, this.#config());
      }
    } catch {
      // Of another origin.
    }
    return view;
  }
}
