import { describe, expect, it } from "vitest";
import { initialsOf, inkOn } from "./color.ts";

describe("an agent's mark", () => {
  it("has one or two letters, whatever the script", () => {
    expect(["Zoë", "grace mary osei", "  ", "李 小龙", "😀 x"].map(initialsOf)).toEqual([
      "Z",
      "GO",
      "?",
      "李小",
      "😀X",
    ]);
  });

  it("A2 has the ink with the better contrast", () => {
    expect(["#000000", "#fff", "#0a7d5a", "#ffd84a", "nonsense"].map(inkOn)).toEqual([
      "#fff",
      "#000",
      "#fff",
      "#000",
      "#000",
    ]);
  });
});
