import { describe, expect, it } from "vitest";
import { languageAmong } from "../among.ts";
import { STRINGS as ENGLISH } from "./languages/en.ts";
import { fetchSpeech, LANGUAGES } from "./languages.ts";

const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/g))].sort();
const others = Object.keys(LANGUAGES).filter((language) => language !== "en");

describe("the languages of the watch page", () => {
  it("A1 are those of the visitor's cards", () => {
    expect(others.sort()).toEqual(["ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt"]);
  });

  it.each(others)("A1 %s has all words, with the same to be filled in", async (language) => {
    const { STRINGS } = (await LANGUAGES[language]?.()) ?? { STRINGS: ENGLISH };
    expect(Object.keys(STRINGS)).toEqual(Object.keys(ENGLISH));
    for (const [key, words] of Object.entries(STRINGS)) {
      expect(words.trim(), key).not.toBe("");
      expect(placeholders(words), key).toEqual(placeholders(ENGLISH[key as keyof typeof ENGLISH]));
    }
  });

  it.each(Object.keys(LANGUAGES))("A1 %s names the laser's button by what stands on it", async (language) => {
    const { STRINGS } = (await LANGUAGES[language]?.()) ?? { STRINGS: ENGLISH };
    // As a word: speech input looks for it (WCAG 2.5.3).
    const wordsOf = (words: string) =>
      ` ${words
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .join(" ")} `;
    if (language !== "ja") expect(wordsOf(STRINGS.laser)).toContain(wordsOf(STRINGS.laserShort));
    else expect(STRINGS.laser).toContain(STRINGS.laserShort);
  });

  it.each([
    [["pt-BR", "de"], "pt", "pt-BR"],
    [[null, "fi", "DE-ch"], "de", "DE-ch"],
    [["xx"], "en", "en-GB"],
    [["constructor"], "en", "en-GB"],
    [[], "en", "en-GB"],
  ] as const)("R15 of %j it is %s", (wanted, language, tag) => {
    expect(languageAmong(wanted, LANGUAGES)).toEqual([language, tag]);
  });

  it("A1 says numbers and times as the language does, and names as they are", async () => {
    const german = await fetchSpeech(["de-DE"]);
    const said = german.say("delayUsual", { usual: german.ms(1234.5), visitor: "{time}" });
    expect(said.replace(/\s/g, " ")).toBe("1.235 ms hinter {time}");
    expect(german.percent(0.675).replace(/\s/, " ")).toBe("68 %");
    expect((await fetchSpeech(["en-US"])).time(0)).toMatch(/\s[AP]M$/);
    const arabic = await fetchSpeech(["ar-EG"]);
    expect([arabic.isRtl, arabic.number(5), arabic.say("leftDetail", { visitor: "Ada" })]).toEqual([
      true,
      "5",
      "لم تعد ترى صفحة \u2068Ada\u2069.",
    ]);
  });
});
