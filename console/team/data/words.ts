/** Words of the page on data; what is kept is told by the server, as docs/data.md has it. */
export const WORDS = {
  title: "Data kept",
  lead: "What this server keeps, of whom, why and how long. Made of what the program declares of its tables.",
  retained: (days: number) =>
    days === 0
      ? "Visitors stay until they are erased by hand."
      : `Visitors who were not seen for ${days} days are erased with everything about them.`,
  why: "Why",
  howLong: "How long",
  column: "Column",
  what: "What it is",
  whose: "Whose",
  columns: (count: number) => `${count} columns`,
} as const;
