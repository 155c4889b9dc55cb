/** What the tab shows, told when it changes. */
import type { Page } from "#protocol/messages";
import { clip } from "./clip.ts";
import { bareAddress } from "./mask/address.ts";
import type { Config } from "./ports.ts";

const LOOK_MS = 1000;
const LIMIT_URL_CHARACTERS = 4000;
const LIMIT_TITLE_CHARACTERS = 500;

/**
 * What of it may leave is told (SPEC M3). Where rules keep something of the address back, the picture tells address and title
 * as far as they let; here are the bare address and no title.
 */
export function readPage({ document }: Window, rules: Config): Page {
  const isBare = rules.maskAll || !!rules.maskedParameters[0];
  return {
    url: clip(isBare ? bareAddress(document.URL) : document.URL, LIMIT_URL_CHARACTERS),
    title: isBare || isTitleMasked(document, rules) ? "" : clip(document.title, LIMIT_TITLE_CHARACTERS),
    focused: document.hasFocus(),
    visible: document.visibilityState === "visible",
  };
}

function isTitleMasked(document: Document, { maskedElements }: Config): boolean {
  try {
    return !!document.querySelector("title")?.closest([".no-upscope,[data-upscope-mask]", ...maskedElements].join());
  } catch {
    return true; // One of them is no selector.
  }
}

/**
 * Call `look` whenever the URL, title, focus or visibility may have changed; return the way to stop.
 *
 * A pushState or a new title has no event: they are seen within a second, and the page's own functions stay untouched.
 */
export function watchPage(page: Window, look: () => void): () => void {
  const timer = page.setInterval(look, LOOK_MS);
  const moments = ["focus", "blur", "popstate", "hashchange"];
  for (const moment of moments) page.addEventListener(moment, look);
  page.document.addEventListener("visibilitychange", look);
  return () => {
    page.clearInterval(timer);
    for (const moment of moments) page.removeEventListener(moment, look);
    page.document.removeEventListener("visibilitychange", look);
  };
}
