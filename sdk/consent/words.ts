/** Finds the language for the visitor, and fetches its words (S5). */
import { fetchModule } from "../modules.ts";
import { ENGLISH, type Strings, type Words } from "./strings.ts";

/** Beside this bundle, by language; their names are known when it is built. */
declare const WORDS_FILES: Readonly<Record<string, string>>;

/** The first wanted language that we speak; `wanted` are BCP 47 tags, best first. */
export function languageAmong(wanted: readonly (string | null)[], spoken: readonly string[]): string {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0] ?? "";
    if (spoken.includes(language)) return language;
  }
  return "en";
}

/** `language` is what the page asks for; else the page's own language counts, then the browser's. English when words cannot be had. */
export async function wordsFor(page: Window, language: string | null): Promise<Words> {
  const wanted = [language, page.document.documentElement.lang, ...page.navigator.languages];
  const tag = languageAmong(wanted, ["en", ...Object.keys(WORDS_FILES)]);
  if (tag === "en") return ENGLISH;
  try {
    const url = new URL(WORDS_FILES[tag] ?? "", import.meta.url).href;
    return { tag, strings: (await fetchModule<{ STRINGS: Strings }>(url)).STRINGS };
  } catch (reason) {
    console.warn(`Upscope: cannot load the words of ${tag}, English is shown`, reason);
    return ENGLISH;
  }
}
