/**
 * Rewrites CSS text for the stage: addresses lead to the asset door, media features answer as the visitor's device does, and the
 * pseudo-classes that follow the visitor become attributes that the player sets, of the same specificity. Text that needs nothing
 * comes back as it is.
 */
import { type Address, throughDoor } from "./urls.ts";

/** Attributes that stand for pseudo-classes. */
export const MARK = {
  hover: "data-twinpane-hover",
  active: "data-twinpane-active",
  focus: "data-twinpane-focus",
  within: "data-twinpane-within",
  target: "data-twinpane-target",
  fullscreen: "data-twinpane-fullscreen",
  valid: "data-twinpane-valid",
  invalid: "data-twinpane-invalid",
  autofill: "data-twinpane-autofill",
  /** Names of custom states. */
  state: "data-twinpane-state",
} as const;

const PSEUDO: Record<string, string> = {
  hover: `[${MARK.hover}]`,
  active: `[${MARK.active}]`,
  focus: `[${MARK.focus}]`,
  "focus-visible": `[${MARK.focus}=visible]`,
  "focus-within": `[${MARK.within}]`,
  target: `[${MARK.target}]`,
  "target-within": `:is([${MARK.target}],:has([${MARK.target}]))`,
  fullscreen: `[${MARK.fullscreen}]`,
  "-webkit-full-screen": `[${MARK.fullscreen}]`,
  "user-valid": `[${MARK.valid}]`,
  "user-invalid": `[${MARK.invalid}]`,
  autofill: `[${MARK.autofill}]`,
  "-webkit-autofill": `[${MARK.autofill}]`,
};
const NAMES = Object.keys(PSEUDO)
  .sort((a, b) => b.length - a.length)
  .join("|");

const STRING = String.raw`"(?:[^"\\\n\r\f]|\\[\s\S])*(?:"|$)|'(?:[^'\\\n\r\f]|\\[\s\S])*(?:'|$)`;
const COMMENT = String.raw`\/\*[\s\S]*?(?:\*\/|$)`;
const NO_IDENT_BEFORE = String.raw`(?<![-\w\u0080-\uffff])`;

/** Whether CSS or a selector has pseudo-classes that become attributes. */
export const HAS_PSEUDO = new RegExp(`:(?:${NAMES}|state\\()`, "i");
const WORTH_A_LOOK = new RegExp(String.raw`url|import|image|src\s*\(|\\|${HAS_PSEUDO.source}`, "i");

const PIECES = new RegExp(
  [
    COMMENT,
    `(?<import>@import(?:\\s|${COMMENT})*)(?<imported>${STRING})`,
    STRING,
    String.raw`\\[\s\S]`,
    `${NO_IDENT_BEFORE}url\\(\\s*(?:(?<quoted>${STRING})|(?<bare>(?:[^)\\\\"']|\\\\[\\s\\S])*)(?:\\)|$))`,
    `${NO_IDENT_BEFORE}(?:-webkit-)?image-set\\((?<set>(?:[^()"']|${STRING}|\\((?:[^()"']|${STRING})*\\))*)\\)`,
    // Whatever else may load: an address that is put together only when the style is computed, or a form not known here.
    `(?<other>${NO_IDENT_BEFORE}(?:url|(?:-webkit-)?image-set|image|src)\\()`,
    // Not the media feature `(hover:hover)`, not an animation of that name, not a part of a pseudo-element.
    String.raw`(?<element>::[-\w]+)?(?<!\(\s*(?:any-)?hover|animation|animation-name):(?<pseudo>${NAMES})(?![-\w(])`,
    String.raw`:state\(\s*(?<state>[-\w\u0080-\uffff]+)\s*\)`,
  ].join("|"),
  "gi",
);

interface Pieces {
  import?: string;
  imported?: string;
  quoted?: string;
  bare?: string;
  set?: string;
  other?: string;
  element?: string;
  pseudo?: string;
  state?: string;
}

const ESCAPES = new RegExp(`${COMMENT}|${STRING}|\\\\([0-9a-f]{1,6})(?:\\r\\n|\\s)?|\\\\([g-z])`, "gi");

/** Undo escapes of plain letters outside strings, so that `u\72l(` is seen as the `url(` that it is. */
function plain(css: string): string {
  return css.replace(ESCAPES, (whole: string, hex?: string, letter?: string) => {
    if (letter !== undefined) return letter;
    if (hex === undefined) return whole;
    const character = Number.parseInt(hex, 16);
    return (character >= 65 && character <= 90) || (character >= 97 && character <= 122) || character === 45
      ? String.fromCharCode(character)
      : whole;
  });
}

function unescaped(text: string): string {
  return text
    .replace(/\\([0-9a-f]{1,6})(?:\r\n|\s)?/gi, (_, hex: string) => {
      const character = Number.parseInt(hex, 16);
      return character > 0 && character <= 0x10ffff ? String.fromCodePoint(character) : "\ufffd";
    })
    .replace(/\\(\r\n|[\s\S])/g, (_, character: string) => (/[\n\r\f]/.test(character) ? "" : character));
}

function quoted(url: string, address: Address): string {
  const target = throughDoor(unescaped(url), address) ?? "";
  return `"${target.replace(/["\\\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`;
}

function inner(string: string): string {
  return string.slice(1, string.endsWith(string.charAt(0)) && string.length > 1 ? -1 : undefined);
}

function imageSet(body: string, address: Address): string {
  if (/(?:var|attr|env|if)\(/i.test(body)) return "none";
  const strings = new RegExp(`${COMMENT}|((?:type|url)\\(\\s*)?(${STRING})`, "gi");
  const rewritten = body.replace(strings, (whole: string, before?: string, string?: string) =>
    string === undefined || before?.toLowerCase().startsWith("type") || before?.toLowerCase().startsWith("url")
      ? whole
      : quoted(inner(string), address),
  );
  return `image-set(${rewriteUrls(rewritten, address)})`;
}

function rewriteUrls(css: string, address: Address): string {
  return css.replace(PIECES, (whole, ...found) => {
    const groups = found.at(-1) as Pieces;
    if (groups.import !== undefined) return `${groups.import}${quoted(inner(groups.imported ?? ""), address)}`;
    if (groups.quoted !== undefined) return `url(${quoted(inner(groups.quoted), address)}`;
    if (groups.bare !== undefined) {
      const bare = groups.bare.trim();
      return `url(${/[\s(]/.test(bare) ? '""' : quoted(bare, address)})`;
    }
    if (groups.set !== undefined) return imageSet(groups.set, address);
    if (groups.other !== undefined) return "refused(";
    if (groups.state !== undefined) return `[${MARK.state}~="${groups.state}"]`;
    const pseudo = groups.pseudo;
    if (pseudo === undefined || groups.element !== undefined) return whole;
    return PSEUDO[pseudo.toLowerCase()] ?? whole;
  });
}

/** Return CSS (a sheet, a rule, a list of declarations or one value) as the stage may have it. */
export function rewriteCss(told: string, address: Address): string {
  const css = address.media?.rewrite(told) ?? told;
  if (!WORTH_A_LOOK.test(css)) return css;
  return rewriteUrls(css.includes("\\") ? plain(css) : css, address);
}

/** Return a selector with its pseudo-classes as attributes. For rules that the browser itself has loaded. */
export function rewriteSelector(selector: string): string {
  return rewriteCss(selector, { door: "", base: "" });
}
