/** One global object (window or worker) of a proxied site, and what every part of the shim needs of it. */
import { Addresses } from "./address.ts";
import { encodeCss } from "./css.ts";
import { rewriteScript, unwrapped } from "./javascript.ts";
import { getOwnPropertyDescriptor, hidden, type Native } from "./patch.ts";

/** Put before every document by the server, as `self.__tp$`. */
export interface Config {
  readonly sid: string;
  readonly base: { readonly scheme: string; readonly host: string; readonly port: number | null };
  /** Origin of the site this document is of. */
  readonly site: string;
  readonly cookies: string;
  readonly version: number;
  /** Where the SDK comes from and connects to. */
  readonly api: string;
  readonly key: string;
  readonly visitor: { readonly short_id: string; readonly secret: string } | null;
  readonly uniqueId: string | null;
  /** Path of the shim for workers. */
  readonly worker: string;
  /** The shim's own address, for what we make ourselves; found by the shim. */
  script?: string;
  /** Whether no other proxied document holds this one. */
  top: boolean;
  /** The browser's own `document.cookie`, for the SDK; found by the shim. */
  jar?: PropertyDescriptor;
}

export type View = Window & typeof globalThis;

/** Given to the SDK, and to realms that this one makes, in the config's place. */
export interface Proxied extends Config {
  /** A text with every proxied origin as the site knows it. */
  decode(text: string): string;
  /** The address under which the browser gets what the site calls `url`. */
  encode(url: string): string;
  encodeCss(css: string): string;
}

export const ASSETS = "/__tp/";

export class Realm {
  readonly view: View;
  readonly config: Config;
  readonly addresses: Addresses;
  /** Our own origin, as the browser knows it. */
  readonly origin: string;
  /** Bring cookies of a whole domain to the server at once; in windows. */
  settle = (): void => undefined;
  readonly #baseUri: () => string;
  readonly natives;

  constructor(view: View, config: Config) {
    this.view = view;
    this.config = config;
    this.origin = config.script ? new URL(config.script).origin : view.location.origin;
    const { XMLHttpRequest: Request, document } = view;
    const entryName = getOwnPropertyDescriptor(view.PerformanceEntry?.prototype ?? {}, "name")?.get as
      | Native
      | undefined;
    const { open, send } = Request?.prototype ?? {};
    this.natives = { Request, open, send, entryName, fetch: view.fetch };
    const baseUri = document && (getOwnPropertyDescriptor(view.Node.prototype, "baseURI")?.get as Native);
    this.#baseUri = () => (document ? String(baseUri.call(view.document)) : view.location.href);
    this.addresses = new Addresses(config.sid, config.base, new URL(config.api, this.origin).origin, this.#aliases());
  }

  /** Return a text as the site knows it; anything else as it is. */
  decode = <T>(value: T): T =>
    typeof value === "string" ? (unwrapped(this.addresses.decode(value)) as T & string) : value;

  /** Return the address for the browser; anything but text is made text first, as the browser would. */
  encode = (url: unknown): string => {
    const text = String(url);
    return this.addresses.encode(text, this.base);
  };

  /** Encode what is asked for now, and see that it is asked for with the cookies that were just written. */
  reach = (url: unknown): string => {
    const encoded = this.encode(url);
    if (encoded !== String(url)) this.settle();
    return encoded;
  };

  encodeCss = <T>(css: T): T => (typeof css === "string" ? (encodeCss(css, this.encode) as T & string) : css);

  /** What relative addresses of this realm begin with, as the site knows it. */
  get base(): string {
    const uri = this.decode(this.#baseUri());
    return /^https?:/.test(uri) ? uri : `${this.config.site}/`;
  }

  /** A link's or frame's address, which may be a script. */
  encodePlace = (url: unknown): string => {
    const text = String(url);
    const code = /^[\0- ]*javascript:/i.exec(text);
    if (!code) return this.encode(text);
    // Seen before: it is rewritten once.
    if (text.includes("__tp$")) return text;
    const found = text.slice(code[0].length);
    let source = found;
    try {
      source = decodeURIComponent(found);
    } catch {
      // Not escaped, then.
    }
    const rewritten = this.rewrite(source);
    return rewritten === source ? text : code[0] + rewritten.replaceAll("%", "%25");
  };

  rewrite = (code: string): string => rewriteScript(code, (url) => this.encode(url));

  /** Ask the server at once. Null when it does not answer with JSON. */
  ask(path: string, body?: object): unknown {
    const { Request, open, send } = this.natives;
    if (!Request) return null;
    try {
      const request = new Request();
      open.call(request, body ? "POST" : "GET", this.origin + ASSETS + path, false);
      send.call(request, body ? JSON.stringify(body) : null);
      return request.status === 200 ? JSON.parse(request.responseText) : null;
    } catch {
      return null;
    }
  }

  #aliases() {
    const labels = new Map<string, string>();
    const origins = new Map<string, string | null>();
    return {
      labelOf: (origin: string): string | null => {
        let label = labels.get(origin);
        if (!label) {
          label = (this.ask("alias", { origin }) as { label?: string } | null)?.label;
          if (!label) return null;
          labels.set(origin, label);
          origins.set(label, origin);
        }
        return label;
      },
      originOf: (label: string): string | null => {
        if (!label.startsWith(`${this.config.sid}-x-`)) return null;
        if (label === location.host.split(".")[0]) return this.config.site;
        let origin = origins.get(label);
        if (origin === undefined) {
          origin = (this.ask("alias", { label }) as { origin?: string } | null)?.origin ?? null;
          origins.set(label, origin);
        }
        return origin;
      },
    };
  }
}

/** Show the SDK and made realms what they need; the page's own code finds nothing when it lists globals. */
export function publish(realm: Realm): void {
  const { config, decode, encode, encodeCss } = realm;
  hidden(realm.view, { __tp$: { ...config, decode, encode, encodeCss } satisfies Proxied });
}
