import { expect, it } from "vitest";
import { USUAL_ANSWERS } from "./device.ts";

it("F5 usual answers are words of CSS or a plain number, one each", () => {
  for (const answer of Object.values(USUAL_ANSWERS)) expect(answer).toMatch(/^(?:[a-z-]+|\d+)$/);
});
