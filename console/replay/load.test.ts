import { describe, expect, it } from "vitest";
import { LoadProblem, tokenOf } from "./load.ts";

describe("R20 the link of a recording", () => {
  it("has its token after the #", () => {
    expect(tokenOf("#Ab3-_x.y~")).toBe("Ab3-_x.y~");
  });

  it.each(["", "#", "#a b", "#a\nb", "#ä", `#${"x".repeat(501)}`])("%j has none", (hash) => {
    expect(() => tokenOf(hash)).toThrow(LoadProblem);
  });
});
