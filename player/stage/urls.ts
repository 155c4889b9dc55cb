/** Turns the page's own addresses into those of the asset door (SPEC F11). */
import type { MediaAnswers } from "./media.ts";

/** Where addresses of one document lead, and what its style sheets learn of the device. */
export interface Address {
  /** Absolute prefix of the asset door; the percent-encoded absolute URL follows. */
  readonly door: string;
  /** The document's base URL, as the page has it. */
  readonly base: string;
  readonly media?: MediaAnswers;
}

function withoutHash(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}

/**
 * Return what the stage may load for an address of the page, or null for nothing: fragments of the own document and `data:`
 * stay, http, https and `blob:` go through the door, every other scheme is refused.
 */
export function throughDoor(url: string, { door, base }: Address): string | null {
  const trimmed = url.trim();
  if (trimmed === "") return null;
  if (trimmed.startsWith("#")) return trimmed;
  let absolute: URL;
  try {
    absolute = new URL(trimmed, base);
  } catch {
    return null;
  }
  if (absolute.protocol === "data:") return absolute.href;
  if (absolute.protocol === "blob:") return door + encodeURIComponent(absolute.href);
  if (absolute.protocol !== "http:" && absolute.protocol !== "https:") return null;
  const address = withoutHash(absolute.href);
  // Gradients and filters are often told by the page's full address; they are meant to be found in the page itself.
  if (absolute.hash !== "" && address === withoutHash(base)) return absolute.hash;
  return door + encodeURIComponent(address) + absolute.hash;
}

/** Rewrite the candidates of a `srcset` (HTML, "parse a srcset attribute"); refused ones are left out. */
export function rewriteSrcset(srcset: string, address: Address): string {
  const candidates: string[] = [];
  let rest = srcset;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, "");
    const found = /^\S+/.exec(rest);
    if (!found) return candidates.join(", ");
    let url = found[0];
    rest = rest.slice(url.length);
    let descriptor = "";
    if (url.endsWith(",")) url = url.replace(/,+$/, "");
    else {
      descriptor = (/^[^,(]*(?:\([^)]*\)[^,]*)?/.exec(rest) as RegExpExecArray)[0];
      rest = rest.slice(descriptor.length);
    }
    const target = throughDoor(url, address);
    // A bare comma would begin the next candidate.
    if (target !== null) candidates.push(`${target.replaceAll(",", "%2C")} ${descriptor.trim()}`.trim());
  }
}
