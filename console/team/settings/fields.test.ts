import { describe, expect, it } from "vitest";
import { changesOf, linesOf } from "./fields.ts";

describe("changed settings", () => {
  it("are only those that differ; null takes one back", () => {
    const kept = { maskAll: true, maskedElements: [".a"], translationsYes: "Ja" };
    const draft = { maskAll: true, maskedElements: [".a", ".b"], translationsYes: undefined, autoconnect: false };
    expect(changesOf(kept, draft)).toEqual({ maskedElements: [".a", ".b"], translationsYes: null, autoconnect: false });
  });

  it("lists are read line by line", () => {
    expect(linesOf(" .a \n\n#b\n")).toEqual([".a", "#b"]);
    expect(linesOf(" \n")).toBeUndefined();
  });
});
