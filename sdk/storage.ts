/** What the page remembers between loads: localStorage, or as long-lived as the browser allows. */

export interface Storage {
  read(name: string): unknown;
  /** Keep a value as JSON; null forgets it. */
  write(name: string, value: unknown): void;
}

type Kind = "localStorage" | "sessionStorage";

/** Open the first storage that works: blocked cookies or a full quota leave the next one, at last memory, which lives as long as the page. */
export function openStorage(
  page: Window,
  prefix: string,
  kinds: readonly Kind[] = ["localStorage", "sessionStorage"],
): Storage {
  return storageOn(workingStorage(page, kinds) ?? memory(), prefix);
}

export function storageOn(kept: Kept, prefix: string): Storage {
  return {
    read(name) {
      try {
        return JSON.parse(kept.getItem(prefix + name) ?? "null");
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        if (value === null) kept.removeItem(prefix + name);
        else kept.setItem(prefix + name, JSON.stringify(value));
      } catch {
        // Full since we looked: the value lives as long as the page.
      }
    },
  };
}

/** As the browser's own storages. */
export type Kept = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

function workingStorage(page: Window, kinds: readonly Kind[]): Kept | null {
  for (const kind of kinds) {
    try {
      const probe = "twinpane.probe";
      page[kind].setItem(probe, probe);
      page[kind].removeItem(probe);
      return page[kind];
    } catch {
      // Reading the property alone throws where storage is blocked.
    }
  }
  return null;
}

function memory(): Kept {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}
