/**
 * The id of this tab, kept over its navigations (S9).
 *
 * A duplicated or opened tab gets a copy of sessionStorage. So the id lies there only between two pages of one tab: it is
 * taken out while a page shows and put back when the page goes. On proxied pages each site has a storage of its own; there it
 * lies in a cookie of the proxy's domain for as long, with the time at which its page went: of several tabs on their way,
 * a page belongs to the one that left when it was asked for (Y9).
 */
import { type Proxied, proxiedOf } from "./proxied.ts";
import { openStorage } from "./storage.ts";

/** How long the next page may take to come. */
const ON_THE_WAY_S = 60;

export interface TabId {
  readonly id: string;
  /** Words that the tab's pages keep beside it. */
  readonly flags: Set<string>;
  /** The page goes: leave the id for the tab's next page. */
  leave(): void;
  /** The page is back from the back/forward cache: take the id again. */
  retake(): void;
}

/** Where the id and its flags lie between two pages. */
interface Hold {
  take(): unknown;
  put(words: string): void;
  /** The page stays after all: what was put is its own again. */
  drop(): void;
}

export function takeTabId(page: Window): TabId {
  const proxied = proxiedOf(page);
  const hold = proxied ? inCookie(page, proxied) : inStorage(page);
  const [id = "", ...flags] = String(hold.take() || newId(page)).split(".");
  const tab = {
    id,
    flags: new Set(flags),
    leave: () => hold.put([id, ...tab.flags].join(".")),
    retake: hold.drop,
  };
  if (proxied) leaveInTime(page, tab);
  return tab;
}

/** Where storage is blocked, each page is a tab of its own. */
function inStorage(page: Window): Hold {
  const storage = openStorage(page, "twinpane.", ["sessionStorage"]);
  const put = (words: string | null): void => storage.write("tab", words);
  const drop = (): void => put(null);
  return {
    take() {
      const words = storage.read("tab");
      drop();
      return words;
    },
    put,
    drop,
  };
}

function inCookie({ document, performance }: Window, { sid, base, jar }: Proxied): Hold {
  /** What was put, and when. */
  let pair = "";
  const write = (age_s: number): void =>
    jar.set?.call(
      document,
      `tpt_${sid}.${pair}; Domain=${base.host}; Path=/; Max-Age=${age_s}; Secure; SameSite=None; Partitioned`,
    );
  const drop = (): void => {
    if (pair) write(0);
    pair = "";
  };
  return {
    take() {
      // Each begins with what a tab has put.
      const all = String(jar.get?.call(document)).split(`tpt_${sid}.`).slice(1);
      const apart_ms = (text: string): number =>
        Math.abs(Number.parseFloat(text.split("=")[1] as string) - performance.timeOrigin);
      const [text = ""] = all.sort((a, b) => apart_ms(a) - apart_ms(b));
      const [words = ""] = text.split("=");
      pair = words && `${words}=`;
      drop();
      return words;
    },
    put(words) {
      pair ||= `${words}=${performance.timeOrigin + performance.now()}`;
      write(ON_THE_WAY_S);
    },
    drop,
  };
}

/** Another site's page may begin before this one is told that it goes. */
function leaveInTime(page: Window, { leave, retake }: TabId): void {
  page.addEventListener("beforeunload", () => {
    retake();
    leave();
  });
  // Somebody acts here: it was a download, and the page has stayed. A tab opened now must not take the id.
  for (const act of ["pointerdown", "keydown"]) page.addEventListener(act, retake, true);
}

function newId(page: Window): string {
  // Not randomUUID, which pages without TLS lack.
  return (page as unknown as typeof globalThis).crypto.getRandomValues(new Uint32Array(3)).join("");
}
