import { describe, expect, it } from "vitest";
import { languageAmong } from "./words.ts";

const SPOKEN = ["en", "de", "pt"];

describe("the language of our words", () => {
  it.each([
    [["de"], "de"],
    [["DE-ch"], "de"],
    [["pt_BR", "de"], "pt"],
    [[null, "", "fi", "de-AT"], "de"],
    [["en-GB", "de"], "en"],
    [["xx"], "en"],
    [[], "en"],
  ])("S5 of %j it is %s", (wanted, expected) => {
    expect(languageAmong(wanted, SPOKEN)).toBe(expected);
  });
});
