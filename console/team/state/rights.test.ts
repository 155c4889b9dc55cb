import { describe, expect, it } from "vitest";
import { NEEDS } from "#protocol/console";
import { isAtLeast, maySeeTo, rolesToGive } from "./rights.ts";

describe("what roles may do", () => {
  it("a read-only member is shown no route that changes anything but their own log-in", () => {
    const open = Object.entries(NEEDS).filter(([, needed]) => needed !== null && isAtLeast("read-only", needed));
    const changing = open.map(([name]) => name).filter((name) => !name.startsWith("GET "));
    expect(changing).toEqual(["POST /log-out", "POST /me/password"]);
  });

  it("only owners see to owners", () => {
    expect(maySeeTo("admin", "owner")).toBe(false);
    expect(maySeeTo("admin", "admin")).toBe(true);
    expect(maySeeTo("owner", "owner")).toBe(true);
    expect(maySeeTo("agent", "read-only")).toBe(false);
    expect(rolesToGive("admin")).not.toContain("owner");
    expect(rolesToGive("agent")).toEqual([]);
  });
});
