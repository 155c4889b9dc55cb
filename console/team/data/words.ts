/** Words of the page on data, in English; what is kept is told by the server, as docs/data.md has it. */
import { count } from "../counted.ts";

export const DATA_WORDS = {
  title: "Data kept",
  lead: "What this server keeps, of whom, why and how long. Made of what the program declares of its tables.",
  forever: "Visitors stay until they are erased by hand.",
  retained: (days: number) =>
    `Visitors not seen for ${count(days, "day", "days")} are erased with everything about them.`,
  why: "Why",
  howLong: "How long",
  column: "Column",
  what: "What it is",
  whose: "Whose",
  columns: (many: number) => count(many, "column", "columns"),
};

export type DataWords = typeof DATA_WORDS;
