/**
 * What of the page's markup may be on the stage. The frame's sandbox is the guarantee that nothing runs; these rules are the second
 * wall, and the first for what would load: they hold for any facts, forged ones too.
 */
import { isCompared } from "#protocol/digest";
import { rewriteCss } from "./css.ts";
import { type Address, rewriteSrcset, throughDoor } from "./urls.ts";

export type Space = "html" | "svg" | "mathml";

/** Stands for an element that may not be on the stage or is not told; keeps its place and shows nothing. */
export const INERT_TAG = "twinpane-inert";
/** The address of every link: styled as a link, never followed, never visited. */
export const DEAD_LINK = "#-";

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const HTML = words(
  "a abbr acronym address area article aside audio b bdi bdo big blockquote body br button canvas caption center cite code col colgroup data " +
    "datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header " +
    "hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr ol optgroup option " +
    "output p picture pre progress q rp rt ruby s samp search section select selectedcontent slot small source span strike strong " +
    "style sub summary sup table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr",
);
const SVG = words(
  "a animate animateMotion animateTransform circle clipPath defs desc ellipse filter foreignObject g image line linearGradient marker " +
    "mask metadata mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan " +
    "use view",
);
/** A masked box keeps its tag only if the browser shows nothing of its own for it. */
const BOXES = words(
  "a abbr address article aside b blockquote body button caption center cite code dd del div dl dt em figcaption figure font footer form " +
    "h1 h2 h3 h4 h5 h6 header hgroup i ins label legend li main mark nav ol option output p pre q s section small span strong sub summary " +
    "sup table tbody td tfoot th thead time tr tt u ul var",
);

const DROPPED = words(
  "srcdoc sandbox action formaction formtarget formmethod method enctype target ping nonce integrity http-equiv is autofocus manifest " +
    "attributionsrc crossorigin download allow allowfullscreen csp credentialless charset blocking imagesrcset imagesizes codebase " +
    "classid archive data profile longdesc lowsrc dynsrc referrerpolicy shadowrootmode xml:base as browsingtopics " +
    "sharedstoragewritable code object usemap",
);
const ADDRESSES = words("src poster background");
/** With a name these hide what a document has by itself; nothing that is seen hangs on it. */
const UNNAMED = words("img form iframe frame embed");
/** With such a name a field hides what the player asks of its form: `<input name="insertBefore">`. */
const HIDES_OF_FORM = words(
  "addEventListener append appendChild attachShadow attributes childNodes children closest contains dispatchEvent firstChild firstElementChild " +
    "getAttribute getAttributeNames getRootNode hasAttribute hasAttributes hasChildNodes insertBefore isConnected lastChild " +
    "lastElementChild localName matches moveBefore namespaceURI nextElementSibling nextSibling nodeName nodeType ownerDocument " +
    "parentElement parentNode previousSibling querySelector querySelectorAll remove removeAttribute removeAttributeNS removeChild " +
    "replaceChild replaceChildren replaceWith setAttribute setAttributeNS shadowRoot tagName textContent",
);
/** SVG elements whose `href` loads or shows something, and may lead out of the document. */
const SVG_LOADERS = words("image use feImage");

/** Return the tag to create for an HTML element. `isUnknown` tells whether the browser has no behaviour for a tag. */
export function htmlTag(tag: string, isUnknown: (tag: string) => boolean): string {
  const lower = tag.toLowerCase();
  return HTML.has(lower) || lower.includes("-") || isUnknown(lower) ? lower : INERT_TAG;
}

/** Return the local name to create for an SVG element; `metadata` is never shown. */
export function svgTag(tag: string): string {
  const local = tag.slice(tag.lastIndexOf(":") + 1);
  return SVG.has(local) || /^fe[A-Z][A-Za-z]+$/.test(local) ? local : "metadata";
}

/** Return the tag for the opaque box of a masked element. */
export function boxTag(tag: string): string {
  const lower = tag.toLowerCase();
  return BOXES.has(lower) || (lower.includes("-") && !lower.startsWith("twinpane-")) ? lower : "span";
}

function reference(space: Space, tag: string, value: string, address: Address): string | null {
  if (tag === "a" || tag === "area") return DEAD_LINK;
  const target = throughDoor(value, address);
  if (target === null) return null;
  if (tag === "link") return space === "html" && target.startsWith(address.door) ? target : null;
  if (space !== "svg") return null;
  if (target.startsWith("#")) return target;
  if (!SVG_LOADERS.has(tag)) return null;
  return tag === "use" && target.startsWith("data:") ? null : target;
}

function linkKind(value: string): string | null {
  const kinds = value.toLowerCase().split(/\s+/);
  if (!kinds.includes("stylesheet")) return null;
  return kinds.includes("alternate") ? "alternate stylesheet" : "stylesheet";
}

/**
 * Return name and value of an attribute as the stage may have it, or null for none.
 * The name is decided by name and tag alone, so a removal finds it with any value.
 */
export function attributeFor(
  space: Space,
  tag: string,
  name: string,
  value: string,
  address: Address,
): [name: string, value: string] | null {
  const lower = name.toLowerCase();
  if (lower.startsWith("on") || lower.startsWith("data-twinpane") || DROPPED.has(lower)) return null;
  // Marks that styles and the page's own words hang on; none loads anything.
  if (isCompared(name)) return [name, value];
  if (tag === "meta" && lower !== "content" && !(lower === "name" && value.toLowerCase() === "color-scheme"))
    return null;
  const become = (changed: string | null): [string, string] | null => (changed === null ? null : [name, changed]);
  if (lower === "name" && (UNNAMED.has(tag) || HIDES_OF_FORM.has(value))) return null;
  if (lower === "style") return become(rewriteCss(value, address));
  if (lower === "href" || lower.endsWith(":href")) {
    const target = reference(space, tag, value, address);
    return target === null ? null : ["href", target];
  }
  if (lower === "media") return become(address.media?.rewrite(value) ?? value);
  if (lower === "srcset") return become(rewriteSrcset(value, address));
  if (ADDRESSES.has(lower)) return tag === "iframe" || tag === "frame" ? null : become(throughDoor(value, address));
  if (tag === "link" && lower === "rel") return become(linkKind(value));
  if (space === "svg") {
    if (lower === "attributename" && /href|src|^on|style|class|data/i.test(value)) return null;
    return become(rewriteCss(value, address));
  }
  return [name, value];
}
