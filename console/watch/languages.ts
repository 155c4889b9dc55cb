/** Which language the watch page speaks, and its words: a bundle of their own for each (R15, `language`). */
import { inLanguage } from "../among.ts";
import type { Strings } from "./languages/en.ts";
import { type Speech, speechOf } from "./speech.ts";

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

/** English when words cannot be had; rejects when even that cannot. */
export const fetchSpeech = (wanted: readonly (string | null)[]): Promise<Speech> =>
  inLanguage(wanted, LANGUAGES, speechOf);
