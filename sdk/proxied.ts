/** What the shim leaves for us on a page that the proxy serves (SPEC Y). */
import type { Credentials } from "#protocol/messages";

export interface Proxied {
  readonly sid: string;
  readonly base: { readonly host: string };
  /** The browser's own `document.cookie`: that of the page is the site's. */
  readonly jar: PropertyDescriptor;
  readonly visitor: Credentials | null;
  readonly uniqueId: string | null;
  /** Whether no other proxied page holds this one. */
  readonly top: boolean;
  /** A text with the addresses that the site knows. */
  decode(text: string): string;
  /** The address under which the proxy, and so our server, has it. */
  encode(url: string): string;
  encodeCss(css: string): string;
}

const LEADS = new Set(["a", "area"]);
const LEADING = new Set(["action", "formaction", "cite"]);
const ASSETS = new Set(["src", "href", "xlink:href", "poster", "background", "data"]);
const IN_SRCSET = /(^|,)(\s*)([^\s,]\S*)/g;

/** Null on pages that the proxy has nothing to do with. */
export function proxiedOf(page: Window): Proxied | null {
  const found = (page as { __tp$?: Partial<Proxied> }).__tp$;
  return typeof found?.encode === "function" ? (found as Proxied) : null;
}

/** Return an attribute for the agent: what a link leads to as the site says it, what is to be fetched as the proxy has it. */
export function proxiedAttribute(proxied: Proxied, tag: string, name: string, value: string, base: string): string {
  if ((LEADS.has(tag) && /^(?:xlink:)?href$/.test(name)) || LEADING.has(name)) {
    return value.startsWith("#") || !URL.canParse(value, base) ? value : new URL(value, base).href;
  }
  if (ASSETS.has(name)) return proxied.encode(value);
  if (name === "style") return proxied.encodeCss(value);
  if (!name.endsWith("srcset")) return value;
  return value.replace(IN_SRCSET, (_, comma, space, url) => comma + space + proxied.encode(url));
}
