/**
 * The id of this tab, kept over its navigations (S9).
 *
 * A duplicated or opened tab gets a copy of sessionStorage. So the id lies there only between two pages of one tab: it is
 * taken out while a page shows and put back when the page goes.
 */
const NAME = "twinpane.tab";

export interface TabId {
  readonly id: string;
  /** The page goes: leave the id for the tab's next page. */
  leave(): void;
  /** The page is back from the back/forward cache: take the id again. */
  retake(): void;
}

export function takeTabId(page: Window): TabId {
  const take = (): string | null => reach(page, (storage) => storage.getItem(NAME));
  const forget = (): unknown => reach(page, (storage) => storage.removeItem(NAME));
  const id = take() ?? newId(page);
  forget();
  return {
    id,
    leave: () => void reach(page, (storage) => storage.setItem(NAME, id)),
    retake: () => void forget(),
  };
}

function reach<T>(page: Window, use: (storage: Storage) => T): T | null {
  try {
    return use(page.sessionStorage);
  } catch {
    return null; // Storage is blocked: each page is a tab of its own.
  }
}

function newId(page: Window): string {
  // Not randomUUID, which pages without TLS lack.
  const bytes = (page as unknown as typeof globalThis).crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
