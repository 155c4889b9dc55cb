import { expect, it } from "vitest";
import { maskedKindOf } from "./masked.ts";

it("M3 what a masked field is for is one of our own words", () => {
  expect(maskedKindOf("section-a billing cc-number", "text")).toBe("card");
  expect(maskedKindOf("CC-CSC", "password")).toBe("security_code");
  expect(maskedKindOf(null, "password")).toBe("password");
  expect(maskedKindOf("tel", null)).toBe("phone");
});

it("M3 what a page writes there by itself is not told", () => {
  for (const text of ["", "4111111111111111", "cc-SECRET", "constructor", "toString", "on"]) {
    expect(maskedKindOf(text, text)).toBe("");
  }
});
