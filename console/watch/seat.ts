/** The seat of this window: read from the page once, kept for reloads, and out of the address bar (R15a). */

export interface Seat {
  readonly id: string;
  /** Secret of the seat; goes into `hello` and nowhere else. */
  readonly grant: string;
}

/** What a window remembers over a reload. Times are those of this machine's clock, ms. */
export interface SeatMemory {
  grant: string;
  liveSinceMs?: number | undefined;
  retryUrl?: string | null | undefined;
  language?: string | null | undefined;
}

export interface SeatPage {
  /** Text of the shell's `<script id="seat">`, null when the shell has none. */
  text: string | null;
  storage: Pick<Storage, "getItem" | "setItem">;
  /** Show another address without loading it. */
  replaceAddress(path: string): void;
}

export interface SeatFound {
  /** null: this window holds no grant for the seat, so the link was used elsewhere. */
  seat: Seat | null;
  retryUrl: string | null;
  /** What the watch URL asks for (R15), BCP 47. */
  language: string | null;
  remember(part: Partial<SeatMemory>): void;
  recall(): SeatMemory | null;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What the shell and the storage may hold; nothing of it is trusted to have its type. */
type Kept = Partial<Record<"seat" | "grant" | "retry_url" | "retryUrl" | "liveSinceMs" | "language", unknown>>;

function parse(json: string | null): Kept {
  if (json === null) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The window's own storage; where the browser denies it to frames of other sites, one that lasts until a reload. */
export function storageOf(view: Pick<Window, "sessionStorage">): SeatPage["storage"] {
  try {
    return view.sessionStorage;
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  }
}

/** Take the seat that the shell brought or that this window kept before its reload. */
export function takeSeat(page: SeatPage): SeatFound {
  const shell = parse(page.text);
  const id = text(shell.seat);
  const key = `twinpane.seat.${id}`;
  const recall = (): SeatMemory | null => {
    const kept = parse(page.storage.getItem(key));
    const grant = text(kept.grant);
    if (grant === null) return null;
    const since = kept.liveSinceMs;
    return {
      grant,
      liveSinceMs: typeof since === "number" ? since : undefined,
      retryUrl: text(kept.retryUrl),
      language: text(kept.language),
    };
  };
  const remember = (part: Partial<SeatMemory>): void => {
    if (id !== null) page.storage.setItem(key, JSON.stringify({ ...recall(), ...part }));
  };
  const fresh = text(shell.grant);
  const language = text(shell.language);
  if (fresh !== null) remember({ grant: fresh, language });
  if (id !== null) page.replaceAddress(`/watch/s/${encodeURIComponent(id)}`);
  const kept = id === null ? null : recall();
  return {
    seat: id !== null && kept !== null ? { id, grant: kept.grant } : null,
    retryUrl: text(shell.retry_url) ?? kept?.retryUrl ?? null,
    language: language ?? kept?.language ?? null,
    remember,
    recall,
  };
}
