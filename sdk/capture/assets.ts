/**
 * Supplies what the server cannot fetch itself, and only what unmasked parts of the page use (SPEC F12): as its site has it, or
 * else as the page has it.
 */

import { proxiedOf } from "../proxied.ts";
import type { Context } from "./context.ts";
import type { Outgoing } from "./outgoing.ts";
import { rulesOf } from "./rules.ts";

const URL_ATTRIBUTES = ["src", "href", "poster", "data", "background", "xlink:href"];
const IN_USE = URL_ATTRIBUTES.map((name) => `[${name.replace(":", "\\:")}]`).join(",");
/** Elements whose address is a place to go, not a part of the picture. */
const PLACES = new Set(["a", "area", "iframe", "frame", "base", "script"]);
const CSS_URL = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;
const MAX_BYTES = 8 * 1024 * 1024 - 64 * 1024;

/** Every address in a text of CSS, as written. */
export function urlsInCss(css: string): string[] {
  return Array.from(css.matchAll(CSS_URL), (match) => match.slice(1).find((part) => part !== undefined) ?? "");
}

/** Every address in a `srcset`, with its descriptor. */
export function candidatesOf(srcset: string): { url: string; descriptor: string }[] {
  return Array.from(srcset.matchAll(/\s*,*\s*(\S*[^\s,])(?:\s+([^,]+))?(?:,|$)/g), (match) => ({
    url: match[1] ?? "",
    descriptor: (match[2] ?? "").trim(),
  }));
}

/** Every address in a `srcset`. */
export function urlsInSrcset(srcset: string): string[] {
  return candidatesOf(srcset).map(({ url }) => url);
}

interface Found {
  readonly type: string;
  readonly body: Uint8Array;
}

export type SupplyAsset = (url: string) => Promise<boolean>;

/** `inUse`: addresses that scripts use; `ofFrames`: supplies what only frames of other sites use. */
export function assetSupply(
  context: Context,
  outgoing: Outgoing,
  inUse: ReadonlySet<string>,
  ofFrames: SupplyAsset,
): SupplyAsset {
  const { page, tree, numbers } = context;
  /** Used by style sheets that were supplied before. */
  const inSupplied = new Set<string>();
  const fetch = page.fetch.bind(page);
  const proxied = proxiedOf(page);

  function resolved(url: string, base: string): string {
    try {
      // The fragment, such as a shape's in a file of shapes, is not asked for.
      return new URL(url, base).href.replace(/#.*$/s, "");
    } catch {
      return "";
    }
  }
  function usedByElement(element: Element, wanted: string): boolean {
    if (!numbers.has(element) || tree.levels.has(element)) return false;
    const base = element.baseURI;
    const isWanted = (url: string) => resolved(url, base) === wanted;
    const srcset = element.getAttribute("srcset") ?? element.getAttribute("imagesrcset");
    if (srcset && urlsInSrcset(srcset).some(isWanted)) return true;
    if (urlsInCss(element.getAttribute("style") ?? "").some(isWanted)) return true;
    if ((element as HTMLImageElement).currentSrc === wanted) return true;
    if (PLACES.has(element.localName)) return false;
    return URL_ATTRIBUTES.some((name) => {
      const value = element.getAttribute(name);
      return value !== null && isWanted(value);
    });
  }
  function usedBySheet(sheet: CSSStyleSheet, wanted: string, base: string): boolean {
    const owner = sheet.ownerNode;
    if (owner && (!numbers.has(owner) || tree.levels.has(owner))) return false;
    const from = sheet.href ?? base;
    return Array.from(rulesOf(sheet) ?? []).some((rule) => {
      const imported = (rule as CSSImportRule).styleSheet;
      if (imported && usedBySheet(imported, wanted, from)) return true;
      return urlsInCss(rule.cssText).some((url) => resolved(url, from) === wanted);
    });
  }
  function isUsed(wanted: string): boolean {
    if (inSupplied.has(wanted) || inUse.has(wanted)) return true;
    for (const root of tree.roots()) {
      const sheets = [...(root.styleSheets ?? []), ...(root.adoptedStyleSheets ?? [])];
      if (sheets.some((sheet) => usedBySheet(sheet, wanted, root.baseURI))) return true;
      for (const element of root.querySelectorAll(`${IN_USE},[srcset],[imagesrcset],[style]`)) {
        if (usedByElement(element, wanted)) return true;
      }
    }
    return false;
  }

  /** The sheet of that address as the browser read it: its file may be gone, or another by now. */
  function sheetText(wanted: string): string | null {
    for (const root of tree.roots()) {
      // The content of a template has none.
      for (const sheet of root.styleSheets ?? []) {
        const rules = sheet.href === wanted ? rulesOf(sheet) : null;
        if (rules) return Array.from(rules, (rule) => rule.cssText).join("\n");
      }
    }
    return null;
  }
  /** The picture of that address as it is shown: a `blob:` address is often revoked when it is loaded. */
  async function shownPicture(wanted: string): Promise<Blob | null> {
    const shown = Array.from(page.document.images).find(
      (image) => image.currentSrc === wanted && image.naturalWidth > 0 && usedByElement(image, wanted),
    );
    if (!shown) return null;
    const picture = new page.OffscreenCanvas(shown.naturalWidth, shown.naturalHeight);
    picture.getContext("2d")?.drawImage(shown, 0, 0);
    return picture.convertToBlob();
  }
  async function fetched(url: string): Promise<Found | null> {
    try {
      const answer = await fetch(url, { credentials: "include", cache: "force-cache" }).catch(() => fetch(url));
      const type = answer.headers.get("content-type") ?? "";
      if (!answer.ok || Number(answer.headers.get("content-length")) > MAX_BYTES) return null;
      return { type, body: new Uint8Array(await answer.arrayBuffer()) };
    } catch {
      return null; // of another site, and not for us to read
    }
  }
  async function asShown(url: string): Promise<Found | null> {
    try {
      const css = sheetText(url);
      if (css !== null) return { type: "text/css; charset=utf-8", body: new TextEncoder().encode(css) };
      const picture = await shownPicture(url);
      return picture && { type: picture.type, body: new Uint8Array(await picture.arrayBuffer()) };
    } catch {
      return null;
    }
  }

  return async (url) => {
    const told = proxied?.decode(url) ?? url;
    // Agents ask for what the proxy has; the page calls it as the site does.
    if (!/^(?:https?|blob):/.test(url)) return false;
    if (!isUsed(told)) return ofFrames(url);
    const found = (await fetched(url)) ?? (await asShown(told));
    if (!found || found.body.length > MAX_BYTES) return false;
    if (found.type.startsWith("text/css")) {
      for (const inside of urlsInCss(new TextDecoder().decode(found.body))) {
        inSupplied.add(resolved(proxied?.decode(inside) ?? inside, told));
      }
    }
    outgoing.asset({ url, type: found.type, status: 200 }, found.body);
    return true;
  };
}
