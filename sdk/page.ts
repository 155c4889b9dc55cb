/** What the tab shows, told when it changes. */
import type { Page } from "#protocol/messages";
import { clip } from "./clip.ts";
import { bareAddress } from "./mask/address.ts";

const LOOK_MS = 1000;
const LIMIT_URL_CHARACTERS = 4000;
const LIMIT_TITLE_CHARACTERS = 500;

/** With all masked, no more of address and title than in the facts (SPEC M3). */
export function readPage({ document }: Window, maskAll: boolean): Page {
  return {
    url: clip(maskAll ? bareAddress(document.URL) : document.URL, LIMIT_URL_CHARACTERS),
    title: maskAll ? "" : clip(document.title, LIMIT_TITLE_CHARACTERS),
    focused: document.hasFocus(),
    visible: document.visibilityState === "visible",
  };
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
