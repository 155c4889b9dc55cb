/** What the page's console said, as this window keeps it (A2, SPEC C). Pure. */
import type { ConsoleEntry, ConsoleTold } from "#protocol/messages";

export type Level = "error" | "warn" | "info" | "debug";

export interface Line extends Omit<ConsoleEntry, "level" | "ago_ms"> {
  readonly id: number;
  readonly level: Level;
  /** On this machine's clock. */
  readonly atMs: number;
  /** So many entries are missing before this one. */
  readonly leftOut: number;
}

export interface Log {
  readonly lines: readonly Line[];
  /** Of the next line. */
  readonly next: number;
}

export const EMPTY_LOG: Log = { lines: [], next: 1 };
export const LEVELS: readonly Level[] = ["error", "warn", "info", "debug"];
/** Older lines go. */
export const LIMIT_LINES = 1000;

/** Take what came; the same again counts with the line before. */
export function take(log: Log, { entries, left_out = 0 }: ConsoleTold, nowMs: number): Log {
  const lines = [...log.lines];
  let { next } = log;
  let leftOut = left_out;
  for (const { ago_ms = 0, level, count = 1, ...entry } of entries) {
    const line = { ...entry, count, level: level === "log" ? "info" : level, atMs: nowMs - ago_ms, leftOut } as const;
    const last = lines.at(-1);
    if (last && isSame(last, line)) lines[lines.length - 1] = { ...last, count: (last.count ?? 1) + count };
    else lines.push({ ...line, id: next++ });
    leftOut = 0;
  }
  if (leftOut > 0) lines.push({ id: next++, level: "info", text: "", atMs: nowMs, leftOut, count: 0 });
  return { lines: lines.slice(-LIMIT_LINES), next };
}

function isSame(last: Line, line: Omit<Line, "id">): boolean {
  const keys = ["level", "kind", "text", "source", "withheld"] as const;
  return line.leftOut === 0 && last.count !== 0 && keys.every((key) => last[key] === line[key]);
}

/** The lines of these levels that have the words somewhere, in any case. */
export function fitting(lines: readonly Line[], levels: ReadonlySet<Level>, words: string): readonly Line[] {
  const wanted = words.trim().toLowerCase();
  return lines.filter(
    ({ level, text, source }) =>
      levels.has(level) && (wanted === "" || `${text}\n${source ?? ""}`.toLowerCase().includes(wanted)),
  );
}

/** As text to be pasted elsewhere. */
export function asText(lines: readonly Line[]): string {
  return lines
    .filter(({ count }) => count !== 0)
    .map(({ atMs, level, text, source, count = 1 }) => {
      const times = count > 1 ? ` (×${count})` : "";
      return `${new Date(atMs).toISOString()} ${level}${times}: ${text}${source ? `\n    ${source}` : ""}`;
    })
    .join("\n");
}
