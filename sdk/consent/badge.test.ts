import { describe, expect, it } from "vitest";
import { whoIsThere } from "./badge.ts";
import { ENGLISH } from "./strings.ts";

function agents(...names: string[]) {
  return names.map((name, index) => ({ id: `a${index}`, name, color: "#000", connected: true }));
}

describe("the sentence about who is there", () => {
  it.each([
    [["Zoë"], null, "Zoë can see this page"],
    [["Zoë", "Ada"], null, "Zoë and Ada can see this page"],
    [["Zoë", "Ada", "Bo"], null, "Zoë, Ada and Bo can see this page"],
    [["Zoë", "Ada", "Bo", "Cy", "Di"], null, "Zoë, Ada and 3 others can see this page"],
    [["Zoë"], "a0", "Zoë can see and use this page"],
    [["Zoë", "Ada"], "a1", "Ada can use this page, Zoë can see it"],
    [[""], null, "Someone can see this page"],
    [[], null, "Nobody is watching right now"],
  ])("X5 names %j with control %s", (names, control, expected) => {
    expect(whoIsThere({ agents: agents(...names), control }, ENGLISH)).toBe(expected);
  });

  it("X5 does not name agents who are away", () => {
    const [zoe, ada] = agents("Zoë", "Ada");
    const present = [zoe, { ...ada, connected: false }] as ReturnType<typeof agents>;
    expect(whoIsThere({ agents: present, control: "a1" }, ENGLISH)).toBe("Zoë can see this page");
  });
});
