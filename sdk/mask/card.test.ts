import { describe, expect, it } from "vitest";
import { looksLikeCard, mayBecomeCard } from "./card.ts";

describe("card look-alikes", () => {
  it.each(["4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011111111111117"])(
    "M1 masks %s",
    (number) => expect(looksLikeCard(number)).toBe(true),
  );

  it.each(["", "4111111111111112", "0000000000000000", "1234567", "4111111111111111 or so", "+49 30 1234567", "hello"])(
    "M1 leaves %s",
    (text) => expect(looksLikeCard(text)).toBe(false),
  );

  it("M1 knows the beginning of a card number from its seventh digit on", () => {
    expect(mayBecomeCard("411111")).toBe(false);
    expect(mayBecomeCard("4111 111")).toBe(true);
    expect(mayBecomeCard("0301234567")).toBe(false);
    expect(mayBecomeCard("about 4111111")).toBe(false);
  });
});
