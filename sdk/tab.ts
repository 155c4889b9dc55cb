/**
 * The id of this tab, kept over its navigations (S9).
 *
 * A duplicated or opened tab gets a copy of sessionStorage. So the id lies there only between two pages of one tab: it is
 * taken out while a page shows and put back when the page goes. On proxied pages each site has a storage of its own; there it
 * lies in a cookie of the proxy's domain for as long (Y9).
 */
import { type Proxied, proxiedOf } from "./proxied.ts";

const NAME = "twinpane.tab";
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

/** Where the id lies between two pages. */
interface Hold {
  take(): string | null;
  put(id: string): void;
}

export function takeTabId(page: Window): TabId {
  const proxied = proxiedOf(page);
  const hold = proxied ? inCookie(page.document, proxied) : inStorage(page);
  const [id = "", ...flags] = (hold.take() ?? newId(page)).split(".");
  const tab = {
    id,
    flags: new Set(flags),
    leave: () => hold.put([id, ...tab.flags].join(".")),
    retake: () => void hold.take(),
  };
  if (proxied) leaveInTime(page, tab);
  return tab;
}

function inStorage(page: Window): Hold {
  // Where storage is blocked, each page is a tab of its own.
  const reach = <T>(use: (storage: Storage) => T): T | null => {
    try {
      return use(page.sessionStorage);
    } catch {
      return null;
    }
  };
  return {
    take: () =>
      reach((storage) => {
        const id = storage.getItem(NAME);
        storage.removeItem(NAME);
        return id;
      }),
    put: (id) => void reach((storage) => storage.setItem(NAME, id)),
  };
}

function inCookie(document: Document, { sid, base, jar }: Proxied): Hold {
  const name = `tpt_${sid}`;
  const write = (id: string, age_s: number): void =>
    jar.set?.call(
      document,
      `${name}=${id}; Domain=${base.host}; Path=/; Max-Age=${age_s}; Secure; SameSite=None; Partitioned`,
    );
  return {
    take() {
      const found = new RegExp(`(?:^|; )${name}=([\\w.]+)`).exec(String(jar.get?.call(document)));
      if (found) write("", 0);
      return found?.[1] ?? null;
    },
    put: (id) => write(id, ON_THE_WAY_S),
  };
}

/** Another site's page may begin before this one is told that it goes. */
function leaveInTime(page: Window, tab: TabId): void {
  let isLeaving = false;
  page.addEventListener("beforeunload", () => {
    isLeaving = true;
    tab.leave();
  });
  // Somebody acts here: it was a download, and the page has stayed. A tab opened now must not take the id.
  const stay = (): void => {
    if (isLeaving) tab.retake();
    isLeaving = false;
  };
  for (const act of ["pointerdown", "keydown"]) page.addEventListener(act, stay, true);
}

function newId(page: Window): string {
  // Not randomUUID, which pages without TLS lack.
  const bytes = (page as unknown as typeof globalThis).crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
