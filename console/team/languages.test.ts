import { describe, expect, it, vi } from "vitest";
import { LOCALE, number } from "./counted.ts";
import { LANGUAGES, ownNameOf, speak } from "./languages.ts";
import { ENGLISH, WORDS } from "./words.ts";

type Said = string | ((...values: unknown[]) => string);
const others = Object.keys(LANGUAGES).filter((language) => language !== "en");
/** Written alike on purpose. */
const ALIKE = ["product", "settings.maskSample"];

/** All that is said, by its place. */
function leaves(words: object, place = ""): [string, Said][] {
  return Object.entries(words).flatMap(([key, said]) => {
    const at = place ? `${place}.${key}` : key;
    return typeof said === "object" ? leaves(said, at) : [[at, said] as [string, Said]];
  });
}

/** What is said of some values; each must stand in it. */
function spoken(said: Said, many: number): string {
  if (typeof said === "string") return said;
  return said.length === 1 && /count\(/.test(said.toString()) ? said(many) : said("Ada", "Zoë");
}

describe("the languages of the team console", () => {
  it("are those of the watch page", async () => {
    const watch = await import("../watch/languages.ts");
    expect(Object.keys(LANGUAGES)).toEqual(Object.keys(watch.LANGUAGES));
  });

  it.each(others)("%s has all words, in the same places, with all that is filled in", async (language) => {
    const theirs = new Map(leaves((await LANGUAGES[language]?.())?.WORDS ?? {}));
    const english = leaves(ENGLISH);
    expect([...theirs.keys()]).toEqual(english.map(([place]) => place));
    let own = 0;
    for (const [place, said] of english) {
      const their = theirs.get(place) ?? "";
      expect(typeof their, place).toBe(typeof said);
      for (const many of [0, 1, 2, 3, 7, 21, 100]) {
        const words = spoken(their, many);
        if (said !== "") expect(words.trim(), place).not.toBe("");
        expect(words, place).not.toMatch(/undefined|#\s|\$\{/);
        for (const value of ["Ada", "Zoë", number(many)]) {
          if (typeof said !== "string" && spoken(said, many).includes(value)) expect(words, place).toContain(value);
        }
        for (const filled of spoken(said, many).match(/\{%\w+%/g) ?? []) expect(words, place).toContain(filled);
      }
      if (spoken(their, 2) !== spoken(said, 2) && !ALIKE.includes(place)) own += 1;
    }
    expect(own / english.length).toBeGreaterThan(0.85);
  });

  it("counts as each language does", async () => {
    const polish = (await LANGUAGES["pl"]?.())?.WORDS ?? ENGLISH;
    expect([1, 2, 5, 22].map(polish.settings.changedFields)).toEqual(["1 zmiana", "2 zmiany", "5 zmian", "22 zmiany"]);
  });

  it("speaks the first wanted language that it knows, English when its words cannot be had", async () => {
    const root = { lang: "", dir: "" } as HTMLElement;
    await speak(root, [null, "fi", "ar-EG"]);
    expect([root.lang, root.dir, WORDS.close, LOCALE]).toEqual(["ar-EG", "rtl", "إغلاق", "ar-EG-u-nu-latn"]);
    expect(WORDS.visitors.with("Ada")).toBe("مع \u2068Ada\u2069");
    await speak(root, ["de-AT", "ar"]);
    expect([root.lang, root.dir, WORDS.close, number(0.5)]).toEqual(["de-AT", "ltr", "Schließen", "0,5"]);
    expect(ownNameOf("pl")).toBe("polski");
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await speak(root, ["xx"]);
    expect([root.lang, WORDS.close]).toEqual(["en-GB", "Close"]);
    expect(warned).not.toHaveBeenCalled();
  });
});
