/** Where a caret goes in plain text; the arithmetic of arrow keys, Home, End and deleting by words. */

export type Unit = "character" | "word" | "line" | "lineboundary" | "documentboundary";

function wordEnd(text: string, from: number): number {
  const rest = /^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(text.slice(from));
  return from + (rest?.[0].length ?? 0);
}

function wordStart(text: string, from: number): number {
  const before = /[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u.exec(text.slice(0, from));
  return before ? before.index : 0;
}

function lineStart(text: string, from: number): number {
  return from === 0 ? 0 : text.lastIndexOf("\n", from - 1) + 1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function lineAway(text: string, from: number, isForward: boolean): number {
  const column = from - lineStart(text, from);
  if (isForward) {
    const end = lineEnd(text, from);
    return end === text.length ? end : Math.min(end + 1 + column, lineEnd(text, end + 1));
  }
  const start = lineStart(text, from);
  return start === 0 ? 0 : Math.min(lineStart(text, start - 1) + column, start - 1);
}

/** The offset, in UTF-16 units, one `unit` on from `from`. */
export function travel(text: string, from: number, unit: Unit, isForward: boolean): number {
  switch (unit) {
    case "character": {
      const step = isForward ? [...text.slice(from, from + 2)][0] : [...text.slice(Math.max(0, from - 2), from)].pop();
      return from + (isForward ? 1 : -1) * (step?.length ?? 0);
    }
    case "word":
      return isForward ? wordEnd(text, from) : wordStart(text, from);
    case "line":
      return lineAway(text, from, isForward);
    case "lineboundary":
      return isForward ? lineEnd(text, from) : lineStart(text, from);
    case "documentboundary":
      return isForward ? text.length : 0;
  }
}

/** The word, or the run of other signs, that holds an offset: `[start, end]`. */
export function wordAround(text: string, at: number): [number, number] {
  const isWord = (index: number) => /[\p{L}\p{N}_]/u.test(text[index] ?? "");
  const kind = isWord(at);
  let start = Math.min(at, text.length);
  let end = start;
  while (start > 0 && isWord(start - 1) === kind && text[start - 1] !== "\n") start--;
  while (end < text.length && isWord(end) === kind && text[end] !== "\n") end++;
  return [start, end];
}
