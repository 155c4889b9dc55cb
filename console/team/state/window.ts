/** The part of a long list that can be seen, kept by the server: which rows to ask for, and what came of it. */
import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** What the server tells of a watched window. */
export interface WindowTold<Row> {
  readonly first: number;
  readonly total: number;
  readonly order: readonly string[];
  readonly rows: readonly Row[];
}

/** Rows asked for beyond those in sight, on each side. */
const AROUND = 40;
/** The window moves when fewer than these are left beyond those in sight. */
const LEAST = 12;
const MAX_ROWS = 200;

export interface Wanted {
  readonly first: number;
  readonly count: number;
}

export class ListWindow<Row> {
  /** null until the first answer. */
  readonly total: ReadonlySignal<number | null>;
  /** Counts what changed in order or place, for whoever draws them. */
  readonly version: ReadonlySignal<number>;
  readonly #total: Signal<number | null> = signal<number | null>(null);
  readonly #version: Signal<number> = signal(0);
  readonly #idOf: (row: Row) => string;
  #rows = new Map<string, Signal<Row>>();
  #order: readonly string[] = [];
  #first = 0;

  constructor(idOf: (row: Row) => string) {
    this.#idOf = idOf;
    this.total = this.#total;
    this.version = this.#version;
  }

  /** Take an answer in. A row that changed in itself redraws that row alone. */
  take(told: WindowTold<Row>): void {
    batch(() => {
      const news = new Map(told.rows.map((row) => [this.#idOf(row), row]));
      const kept = new Map<string, Signal<Row>>();
      for (const id of told.order) {
        const had = this.#rows.get(id);
        const row = news.get(id);
        if (had && row) had.value = row;
        if (had) kept.set(id, had);
        else if (row) kept.set(id, signal(row));
      }
      const moved =
        told.first !== this.#first ||
        told.order.length !== this.#order.length ||
        told.order.some((id, at) => id !== this.#order[at] || !this.#rows.has(id));
      this.#rows = kept;
      this.#order = told.order;
      this.#first = told.first;
      if (moved || this.#total.value !== told.total) this.#version.value += 1;
      this.#total.value = told.total;
    });
  }

  /** Forget everything, as for another search. */
  clear(): void {
    this.#rows = new Map();
    this.#order = [];
    this.#total.value = null;
    this.#version.value += 1;
  }

  /** The row at a place in the whole list; null while it has not come. */
  at(index: number): ReadonlySignal<Row> | null {
    return this.#rows.get(this.#order[index - this.#first] ?? "") ?? null;
  }

  /** Where a row stands in the whole list; -1 when it is not in the window. */
  indexOf(id: string): number {
    const at = this.#order.indexOf(id);
    return at < 0 ? -1 : at + this.#first;
  }
}

/** The window to ask for when rows `from` to `to` are in sight; the one there is, while it still reaches far enough. */
export function windowFor(from: number, to: number, now: Wanted | null): Wanted {
  const reaches =
    now !== null &&
    (now.first === 0 || from - LEAST >= now.first) &&
    to + LEAST <= now.first + now.count &&
    from >= now.first;
  if (reaches) return now;
  const first = Math.max(0, from - AROUND);
  return { first, count: Math.min(MAX_ROWS, Math.max(1, to - first + AROUND)) };
}
