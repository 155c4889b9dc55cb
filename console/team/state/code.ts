/** How the fields of a lookup code are typed into. */
export const DIGITS = 4;

/** The digits of a pasted code, spaces and dashes left out; null if it is none. */
export function digitsIn(text: string): string[] | null {
  const digits = text.replace(/[\s-]/g, "");
  return digits.length === DIGITS && /^\d+$/.test(digits) ? [...digits] : null;
}

/** What a field's text makes of the digits, and which field comes next. Several digits go on into the fields after it. */
export function typedAt(digits: readonly string[], place: number, text: string): { digits: string[]; focus: number } {
  const typed = [...text.replace(/\D/g, "")].slice(0, DIGITS - place);
  const next = digits.map((digit, at) => (at === place ? "" : digit));
  typed.forEach((digit, at) => {
    next[place + at] = digit;
  });
  return { digits: next, focus: Math.min(place + typed.length, DIGITS - 1) };
}

/** Where a key goes from a field; null when it goes nowhere. Arrows follow the direction of writing. */
export function moveFrom(place: number, key: string, isEmpty: boolean, rtl: boolean): number | null {
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const back = rtl ? "ArrowRight" : "ArrowLeft";
  if (key === forward) return Math.min(place + 1, DIGITS - 1);
  if (key === back || (key === "Backspace" && isEmpty)) return Math.max(place - 1, 0);
  return null;
}
