/** Which language the console speaks: the one that was chosen in this browser, else the browser's; a bundle for each. */
import { languageAmong } from "../among.ts";
import { countIn } from "./counted.ts";
import { ENGLISH, sayIn, type Words } from "./words.ts";

const KEPT = "twinpane-console-language";

export const LANGUAGES: Readonly<Record<string, () => Promise<{ readonly WORDS: Words }>>> = {
  en: async () => ({ WORDS: ENGLISH }),
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

/** What was chosen here; null: as the browser. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    // No storage is allowed: the choice lasts for this page only.
    return null;
  }
}

/** Choose for this browser; the page begins anew in that language. */
export function chooseLanguage(language: string | null): void {
  if (language === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, language);
  location.reload();
}

/** A language by its own name. */
export function ownNameOf(language: string): string {
  return new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
}

/** Say everything in the best of the wanted languages. English when its words cannot be had. */
export async function speak(root: HTMLElement, wanted: readonly (string | null)[]): Promise<void> {
  const [language, tag] = languageAmong(wanted, LANGUAGES);
  try {
    const { WORDS } = (await LANGUAGES[language]?.()) ?? { WORDS: ENGLISH };
    sayIn(WORDS);
    countIn(tag);
    root.lang = tag;
    root.dir = language === "ar" ? "rtl" : "ltr";
  } catch (reason) {
    console.warn(`Twinpane: cannot load the words of ${language}, English is shown`, reason);
  }
}
