import { describe, expect, it } from "vitest";
import { STRINGS as ENGLISH } from "./languages/en.ts";
import { fetchSpeech, LANGUAGES } from "./speech.ts";

const placeholders = (words: string) => [...new Set(words.match(/\{\w+\}/g))].sort();
const others = Object.keys(LANGUAGES).filter((language) => language !== "en");

describe("the languages of the replay page", () => {
  it("R20 are those of the watch page", () => {
    expect(others.sort()).toEqual(["ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt"]);
  });

  it.each(others)("R20 %s has all words, with the same to be filled in", async (language) => {
    const { STRINGS } = (await LANGUAGES[language]?.()) ?? { STRINGS: ENGLISH };
    expect(Object.keys(STRINGS)).toEqual(Object.keys(ENGLISH));
    for (const [key, words] of Object.entries(STRINGS)) {
      expect(words.trim(), key).not.toBe("");
      expect(placeholders(words), key).toEqual(placeholders(ENGLISH[key as keyof typeof ENGLISH]));
    }
  });

  it("R20 say how long something is as people do", async () => {
    const { span, say, percent, megabytes } = await fetchSpeech(["en-US"]);
    const [time, length] = [span(65_900), span(180_000)];
    expect(say("timeOf", { time, length })).toBe("1 minute 5 seconds of 3 minutes");
    expect([span(0), span(3_600_000), span(3_605_000)]).toEqual(["0 seconds", "1 hour", "1 hour 5 seconds"]);
    expect([percent(0.5), megabytes(2_340_000)]).toEqual(["50%", "2.3 MB"]);
    expect((await fetchSpeech(["de"])).span(65_000)).toMatch(/^1 Minute\D+5 Sekunden$/);
    const arabic = await fetchSpeech(["ar-EG"]);
    expect([arabic.isRtl, arabic.number(5)]).toEqual([true, "5"]);
  });
});
