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

  it.each([
    [null, "Zoë and Ada can see this page"],
    ["a0", "Zoë can use this page, Ada can see it"],
    ["a2", "Zoë can use this page, Ada can see it"],
    ["a1", "Ada can use this page, Zoë can see it"],
  ])("X5 names an agent with several windows once, with control %s", (control, expected) => {
    const [zoe, ada, again] = agents("Zoë", "Ada", "Zoë");
    const seen = [zoe, { ...ada, color: "#111" }, again] as ReturnType<typeof agents>;
    expect(whoIsThere({ agents: seen, control }, ENGLISH)).toBe(expected);
  });

  it("X5 names two agents of one name twice", () => {
    const [one, other] = agents("Zoë", "Zoë");
    const seen = [one, { ...other, color: "#111" }] as ReturnType<typeof agents>;
    expect(whoIsThere({ agents: seen, control: null }, ENGLISH)).toBe("Zoë and Zoë can see this page");
  });

  it("X5 does not name agents who are away", () => {
    const [zoe, ada] = agents("Zoë", "Ada");
    const present = [zoe, { ...ada, connected: false }] as ReturnType<typeof agents>;
    expect(whoIsThere({ agents: present, control: "a1" }, ENGLISH)).toBe("Zoë can see this page");
  });
});
