/** What the watch page says, in one language; numbers and times as that language writes them. */
import { sayFrom } from "../among.ts";
import type { Strings } from "./languages/en.ts";

export interface Speech {
  /** Two letters, a key of `LANGUAGES`. */
  readonly language: string;
  readonly isRtl: boolean;
  /** Fill the values in where the words have `{name}`. */
  say(key: keyof Strings, values?: Readonly<Record<string, string>>): string;
  /** 1 is 100 %. */
  percent(part: number): string;
  ms(length_ms: number): string;
  /** Time of the day, to the second. */
  time(at_ms: number): string;
  number(count: number): string;
  /** Parts of a name, as "Zoë, you, away". */
  list(parts: readonly string[]): string;
}

/** `tag` is BCP 47; its region decides on numbers and times. */
export function speechOf(language: string, tag: string, strings: Strings): Speech {
  const isRtl = language === "ar";
  // The words have their numbers in these digits, too.
  const locale = new Intl.Locale(tag, { numberingSystem: "latn" });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const ms = new Intl.NumberFormat(locale, { style: "unit", unit: "millisecond", maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(tag, { type: "unit" });
  return {
    language,
    isRtl,
    say: sayFrom(strings, isRtl),
    percent: percent.format,
    ms: ms.format,
    time: time.format,
    number: number.format,
    list: (parts) => list.format(parts),
  };
}
