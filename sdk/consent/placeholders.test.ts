import { describe, expect, it } from "vitest";
import { fillIn } from "./placeholders.ts";

const FACTS = { agentName: "Zoë", currentDomain: "shop.example", lookupCode: null };

describe("placeholders of the page's texts", () => {
  it.each([
    ["{%agentName%} on {%currentDomain%}", "Zoë on shop.example"],
    ["{%agentName%|Someone} asks", "Zoë asks"],
    ["Code {%lookupCode%|not given}", "Code not given"],
    ["Code {%lookupCode%}", "Code "],
    ["{%agentName%|a, b: c?}", "Zoë"],
    ["{%unknown%|x} stays", "{%unknown%|x} stays"],
    ["100% {plain}", "100% {plain}"],
  ])("S5 fills %s", (text, expected) => {
    expect(fillIn(text, FACTS)).toBe(expected);
  });

  it("S5 takes a value as it is, with signs that replacing could misread", () => {
    expect(fillIn("{%agentName%}", { ...FACTS, agentName: "$& <b>" })).toBe("$& <b>");
  });
});
