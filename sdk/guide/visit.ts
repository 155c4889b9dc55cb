/** Takes the tab elsewhere, as an agent wishes (X11). Answers whether there was a way. */
import type { OpenUrl, Travel } from "#protocol/messages";
import { proxiedOf } from "../proxied.ts";

type Navigation = { canGoBack: boolean; canGoForward: boolean };

export function travel(page: Window, { to }: Travel): boolean {
  const { history, location, navigation } = page as Window & { navigation?: Navigation };
  if (to === "reload") {
    location.reload();
    return true;
  }
  // Browsers without this object go nowhere at the end of the history, and do not tell.
  if (navigation && !(to === "back" ? navigation.canGoBack : navigation.canGoForward)) return false;
  history[to]();
  return true;
}

export function openUrl(page: Window, { url }: OpenUrl): boolean {
  const found = URL.canParse(url, page.document.URL) ? new URL(url, page.document.URL) : null;
  if (!found || !/^https?:$/.test(found.protocol)) return false;
  page.location.assign(proxiedOf(page)?.encode(found.href) ?? found.href);
  return true;
}
