import { expect, it } from "vitest";
import { densityOf } from "./candidates.ts";

it("F16 the density of a chosen candidate is what its descriptor says", () => {
  expect(densityOf("2x", 100)).toBe(2);
  expect(densityOf("1.5x", 100)).toBe(1.5);
  expect(densityOf("640w", 320)).toBe(2);
  expect(densityOf("", 100)).toBe(1);
});

it("F16 a descriptor that says nothing leaves the candidate as it is", () => {
  expect(densityOf("640w", 0)).toBe(1);
  expect(densityOf("0x", 100)).toBe(1);
  expect(densityOf("cat", 100)).toBe(1);
});
