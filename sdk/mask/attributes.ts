/** Which attributes may leave the page, and what of them (SPEC M3). Pure: names and values only. */
import { Level } from "./decision.ts";

/** Never told: they run, they prove, or they are told otherwise (`value` of inputs by the Value fact). */
const NEVER = new Set(["integrity", "nonce", "srcdoc", "ping", "http-equiv", "csp", "attributionsrc"]);
const URLS = new Set(["href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "cite"]);
const SCRIPT_URL = /^(?:javascript|vbscript):/i;
/** URL parsing skips control characters and white space, so `java\nscript:` runs as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters a URL parser skips
const SKIPPED = /[\u0000-\u0020]/g;
const TOLD_META = new Set(["viewport", "color-scheme", "theme-color"]);

/** Attributes of a masked element that say only how large it is. */
const GEOMETRY = new Set(["class", "type", "rows", "cols", "size", "width", "height", "colspan", "rowspan", "dir"]);
const GEOMETRY_STYLES =
  /^(?:display|position|top|right|bottom|left|inset|width|height|min-|max-|margin|padding|float|clear|flex|grid|order|align-self|justify-self|place-self|transform|translate|scale|rotate|z-index|opacity|visibility|box-sizing|vertical-align)/;

/** Return the part of an inline style that is geometry; declarations with a URL or a string are dropped. */
export function geometryOf(style: string): string {
  return style
    .split(";")
    .map((declaration) => declaration.trim())
    .filter((declaration) => GEOMETRY_STYLES.test(declaration) && !/["'\\]|url|image|var|attr/i.test(declaration))
    .join("; ");
}

/** Return what of an attribute may leave, or null. `metaName` is the name of a `<meta>`. */
export function attributeLeaving(
  tag: string,
  level: Level,
  name: string,
  value: string,
  metaName: string | null = null,
): string | null {
  if (level !== Level.Open) {
    if (name === "style") return geometryOf(value) || null;
    return GEOMETRY.has(name) ? value : null;
  }
  if (name.charCodeAt(0) === 111 && name.charCodeAt(1) === 110) return null; // on…
  if (name === "class" || name === "id" || name === "style") return value;
  if (NEVER.has(name)) return null;
  if (tag === "input" && name === "value") return null;
  if (tag === "meta" && name === "content") return metaName !== null && TOLD_META.has(metaName) ? value : null;
  if (URLS.has(name) && SCRIPT_URL.test(value.replace(SKIPPED, ""))) return null;
  return value;
}
