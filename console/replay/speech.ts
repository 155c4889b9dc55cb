/** What the replay page says, in one language; numbers, times and spans as that language writes them. */
import { inLanguage, sayFrom } from "../among.ts";
import type { Strings } from "./languages/en.ts";

type Fetch = () => Promise<{ readonly STRINGS: Strings }>;

export const LANGUAGES: Readonly<Record<string, Fetch>> = {
  en: () => import("./languages/en.ts"),
  ar: () => import("./languages/ar.ts"),
  de: () => import("./languages/de.ts"),
  es: () => import("./languages/es.ts"),
  fr: () => import("./languages/fr.ts"),
  it: () => import("./languages/it.ts"),
  ja: () => import("./languages/ja.ts"),
  nl: () => import("./languages/nl.ts"),
  pl: () => import("./languages/pl.ts"),
  pt: () => import("./languages/pt.ts"),
};

export interface Speech {
  /** Two letters, a key of `LANGUAGES`. */
  readonly language: string;
  readonly isRtl: boolean;
  /** Fill the values in where the words have `{name}`. */
  say(key: keyof Strings, values?: Readonly<Record<string, string>>): string;
  /** 1 is 100 %. */
  percent(part: number): string;
  number(count: number): string;
  megabytes(bytes: number): string;
  /** As "1 minute 5 seconds". */
  span(length_ms: number): string;
  /** Day and time where this browser is. */
  moment(iso: string): string;
  /** As "Zoë and Grace". */
  list(parts: readonly string[]): string;
}

/** English when words cannot be had; rejects when even that cannot. */
export const fetchSpeech = (wanted: readonly string[]): Promise<Speech> => inLanguage(wanted, LANGUAGES, speechOf);

/** `tag` is BCP 47; its region decides on numbers and times. */
function speechOf(language: string, tag: string, strings: Strings): Speech {
  const isRtl = language === "ar";
  // The words have their numbers in these digits, too.
  const locale = new Intl.Locale(tag, { numberingSystem: "latn" });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const megabytes = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  return {
    language,
    isRtl,
    say: sayFrom(strings, isRtl),
    percent: percent.format,
    number: number.format,
    megabytes: (bytes) => megabytes.format(bytes / 1e6),
    span: spansIn(locale),
    moment: (iso) => moment.format(new Date(iso)),
    list: (parts) => list.format(parts),
  };
}

function spansIn(locale: Intl.Locale): Speech["span"] {
  const units = ["hour", "minute", "second"].map(
    (unit) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }),
  );
  const list = new Intl.ListFormat(locale.language, { type: "unit", style: "narrow" });
  return (length_ms) => {
    const all = Math.max(0, Math.floor(length_ms / 1000));
    const parts = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const said = parts.flatMap((part, at) =>
      part > 0 || (at === 2 && all === 0) ? [units[at]?.format(part) ?? ""] : [],
    );
    return list.format(said);
  };
}
