import { describe, expect, it } from "vitest";
import { keyFacts } from "./keys.ts";

describe("what a keyboard says about a key", () => {
  it.each([
    ["a", "KeyA", 65, true],
    ["Z", "KeyZ", 90, true],
    ["7", "Digit7", 55, true],
    ["&", "Digit7", 55, true],
    ["?", "Slash", 191, true],
    [" ", "Space", 32, true],
    ["Enter", "Enter", 13, false],
    ["ArrowDown", "ArrowDown", 40, false],
    ["F12", "F12", 123, false],
    ["é", "", 0, true],
    ["😀", "", 0, true],
    ["Unidentified", "", 0, false],
  ])("A2 knows %s", (key, code, keyCode, isCharacter) => {
    expect(keyFacts(key)).toEqual({ key, code, keyCode, isCharacter });
  });

  it("A2 keeps the code that the agent's keyboard told", () => {
    expect(keyFacts("y", "KeyZ")).toMatchObject({ code: "KeyZ", keyCode: 89 });
  });
});
