/** Supplies what the server cannot fetch itself, and only what unmasked parts of the page use (SPEC F12). */

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

/** Every address in a `srcset`. */
export function urlsInSrcset(srcset: string): string[] {
  return Array.from(srcset.matchAll(/\s*,*\s*(\S*[^\s,])(?:\s+[^,]+)?(?:,|$)/g), (match) => match[1] ?? "");
}

export type SupplyAsset = (url: string) => Promise<boolean>;

export function assetSupply(context: Context, outgoing: Outgoing): SupplyAsset {
  const { page, tree, numbers } = context;
  /** Used by style sheets that were supplied before. */
  const inSupplied = new Set<string>();
  const fetch = page.fetch.bind(page);
  const proxied = proxiedOf(page);

  function resolved(url: string, base: string): string {
    try {
      return new URL(url, base).href;
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
    if (inSupplied.has(wanted)) return true;
    for (const root of tree.children.keys()) {
      if (root.nodeType !== 9 && root.nodeType !== 11) continue;
      const scope = root as Document | ShadowRoot;
      const sheets = [...scope.styleSheets, ...(scope.adoptedStyleSheets ?? [])];
      if (sheets.some((sheet) => usedBySheet(sheet, wanted, root.baseURI))) return true;
      for (const element of scope.querySelectorAll(`${IN_USE},[srcset],[imagesrcset],[style]`)) {
        if (usedByElement(element, wanted)) return true;
      }
    }
    return false;
  }

  return async (url) => {
    // Agents ask for what the proxy has; the page calls it as the site does.
    if (!/^(?:https?|blob):/.test(url) || !isUsed(proxied?.decode(url) ?? url)) return false;
    try {
      const answer = await fetch(url, { credentials: "include", cache: "force-cache" }).catch(() => fetch(url));
      const body = new Uint8Array(await answer.arrayBuffer());
      const type = answer.headers.get("content-type") ?? "";
      if (!answer.ok || body.length > MAX_BYTES) return false;
      if (type.startsWith("text/css")) {
        for (const inside of urlsInCss(new TextDecoder().decode(body)))
          inSupplied.add(resolved(proxied?.decode(inside) ?? inside, proxied?.decode(url) ?? url));
      }
      outgoing.asset({ url, type, status: answer.status }, body);
      return true;
    } catch {
      return false; // of another site, and not for us to read
    }
  };
}
