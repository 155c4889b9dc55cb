/** Addresses and scripts in HTML that the page makes itself. Whatever is between is kept as written. */
import { encodeCss, encodeSrcset } from "./css.ts";
import { words } from "./lexer.ts";

export interface Encoders {
  encode(url: string): string;
  encodePlace(url: string): string;
  rewrite(code: string): string;
  /** What every document of ours begins with. */
  prelude(): string;
}

const TAG = /<!--[\s\S]*?-->|<([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>][^\s>]*)/g;
const RAW = words("script style textarea title xmp");
const WORTH = /\/\/|srcdoc|\son\w|<script|javascript:/i;
const SCRIPT_TYPE = /^(?:|module|(?:text|application)\/(?:java|ecma|x-java)script.*)$/i;
const SOURCES = words("img script iframe frame embed audio video source track input");
const PLACES = words("a area base");
const FIRST = /^\s*(?:<!doctype[^>]*>)?\s*(?:<html[^>]*>)?\s*(?:<head[^>]*>)?/i;
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(quot|apos|amp|lt|gt));?/gi, (_, hex, decimal, name) =>
    name ? (ENTITIES[name.toLowerCase()] ?? "") : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : +decimal),
  );
}

/** Return an attribute's value for the browser. `tag` and `name` are lower-case. */
export function encodeAttribute(tag: string, name: string, value: string, to: Encoders): string {
  if (name.startsWith("on")) return to.rewrite(value);
  switch (name) {
    case "src":
      if (tag === "iframe" || tag === "frame") return to.encodePlace(value);
      return SOURCES.has(tag) ? to.encode(value) : value;
    case "href":
    case "xlink:href":
      if (PLACES.has(tag)) return tag === "base" || /javascript:/i.test(value) ? to.encodePlace(value) : value;
      return to.encode(value);
    case "data":
      return tag === "object" ? to.encode(value) : value;
    case "poster":
    case "background":
    case "ping":
      return to.encode(value);
    case "srcset":
    case "imagesrcset":
      return encodeSrcset(value, to.encode);
    case "style":
      return encodeCss(value, to.encode);
    case "srcdoc":
      return encodeDocument(value, to);
    case "action":
    case "formaction":
      return /javascript:/i.test(value) ? to.encodePlace(value) : value;
    default:
      return value;
  }
}

/** Return the text of a script or style element for the browser. */
export function encodeText(tag: string, type: string, text: string, to: Encoders): string {
  if (tag === "style") return encodeCss(text, to.encode);
  if (tag !== "script") return text;
  if (SCRIPT_TYPE.test(type.trim())) return to.rewrite(text);
  return type === "importmap" ? text.replace(/"((?:https?:)?\/\/[^"\\]*)"/g, (_, url) => `"${to.encode(url)}"`) : text;
}

/** Return a piece of HTML for the browser. */
export function encodeHtml(html: string, to: Encoders): string {
  if (!WORTH.test(html)) return html;
  let out = "";
  let done = 0;
  TAG.lastIndex = 0;
  for (let found = TAG.exec(html); found; found = TAG.exec(html)) {
    const tag = found[1]?.toLowerCase();
    if (!tag) continue;
    out += `${html.slice(done, found.index)}<${found[1]}${attributes(tag, found[2] ?? "", to)}>`;
    done = TAG.lastIndex;
    if (!RAW.has(tag)) continue;
    const close = new RegExp(`</${tag}[\\s/>]`, "gi");
    close.lastIndex = done;
    const end = close.exec(html)?.index ?? html.length;
    const type = /\stype\s*=\s*["']?([^\s"'>]*)/i.exec(found[2] ?? "")?.[1] ?? "";
    out += encodeText(tag, type, html.slice(done, end), to);
    TAG.lastIndex = done = end;
  }
  TAG.lastIndex = 0;
  return out + html.slice(done);
}

function attributes(tag: string, text: string, to: Encoders): string {
  return text.replace(ATTRIBUTE, (found: string, name: string, equals: string, quoted: string) => {
    const kind = name.toLowerCase();
    if (kind === "integrity") return found.replace(name, "data-tp-integrity");
    const value = unescaped(/^["']/.test(quoted) ? quoted.slice(1, -1) : quoted);
    const encoded = encodeAttribute(tag, kind, value, to);
    return encoded === value
      ? found
      : `${name}${equals}"${encoded.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
}

/** Return the HTML of a whole document, `srcdoc` for instance, with the shim at its start. */
export function encodeDocument(html: string, to: Encoders): string {
  const prelude = to.prelude();
  if (html.includes(prelude.slice(0, 20))) return html;
  const encoded = encodeHtml(html, to);
  const [first = ""] = FIRST.exec(encoded) ?? [];
  return first + prelude + encoded.slice(first.length);
}
