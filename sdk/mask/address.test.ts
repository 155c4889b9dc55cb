import { describe, expect, it } from "vitest";
import { addressLeaving, titleLeaving } from "./address.ts";

const rules = (...maskedParameters: string[]) => ({ maskAll: false, maskedParameters });
const ALL = { maskAll: true, maskedParameters: [] };

describe("the page's address and title", () => {
  it.each([
    ["https://a.test/?token=SECRET&x=1#part", "https://a.test/?token=***&x=1#part"],
    ["https://a.test/?x=1&TOKEN=SECRET", "https://a.test/?x=1&TOKEN=***"],
    ["https://a.test/#access_token=SECRET&state=2", "https://a.test/#access_token=***&state=2"],
    ["https://a.test/?next=%2Fpay%3Ftoken%3DSECRET%26x%3D1", "https://a.test/?next=%2Fpay%3Ftoken%3D***%26x%3D1"],
    ["https://a.test/?token=SECRET&token=SECRET", "https://a.test/?token=***&token=***"],
    ["https://a.test/?mytoken=1&tokens=2&token=", "https://a.test/?mytoken=1&tokens=2&token="],
  ])("M3 %s without the values of masked parameters", (url, told) =>
    expect(addressLeaving(url, rules("token", "*_token"))).toBe(told),
  );

  it("M3 names may have characters of their own, and a star is all of them", () => {
    expect(addressLeaving("/?user.id=SECRET&userxid=1", rules("user.id"))).toBe("/?user.id=***&userxid=1");
    expect(addressLeaving("/?a%20b=SECRET", rules("a b"))).toBe("/?a%20b=***");
    expect(addressLeaving("/?a=SECRET&b=SECRET", rules("*"))).toBe("/?a=***&b=***");
  });

  it("M3 a title does not say what the address keeps back", () => {
    const url = "https://a.test/?order=A-17&who=Ada%20L";
    expect(titleLeaving("Order A-17 of Ada L", url, rules("order", "who"))).toBe("Order *** of ***");
    expect(titleLeaving("Order A-17", url, rules())).toBe("Order A-17");
  });

  it("M3 where all is masked there is no query, no fragment and no title", () => {
    expect(addressLeaving("https://a.test/x?a=1#b", ALL)).toBe("https://a.test/x");
    expect(titleLeaving("t", "", ALL)).toBe("");
  });
});
