import { describe, expect, it } from "vitest";
import { LIMIT_SECRETS, type SecretRules, Secrets, secretNames } from "./secrets.ts";

const RULES: SecretRules = { maskAll: false, maskedParameters: [] };

function leaving(text: string, secrets: readonly string[] = [], rules: Partial<SecretRules> = {}, isCut = false) {
  const known = new Secrets();
  for (const secret of secrets) known.keep(secret);
  return known.leaving(text, { ...RULES, ...rules }, isCut);
}

describe("C3 what masks withhold is taken out of the console's texts", () => {
  it.each([
    ["sent hunter2 to the server", "hunter2", "sent *** to the server"],
    ["user=ann&key=a%20b%26c", "a b&c", "user=ann&key=***"],
    ["user=ann&key=a+b", "a b", "user=ann&key=***"],
    ['{"line":"two\\nlines"}', "two\nlines", '{"line":"***"}'],
    ["nothing of it", "", "nothing of it"],
    [" 12 Main St ", "  12 Main St\n", " *** "],
  ])("%j", (text, secret, told) => expect(leaving(text, [secret])).toBe(told));

  it("a short one only where it stands alone", () => {
    expect(leaving("code 123, order 91234, v1.123", ["123"])).toBe("code ***, order 91234, v1.***");
  });

  it("the longer of two that overlap first", () => {
    expect(leaving("it is hunter2000", ["hunter2", "hunter2000"])).toBe("it is ***");
  });

  it("card numbers, and no other numbers", () => {
    expect(leaving("paid with 4111 1111 1111 1111 at 1733022000")).toBe("paid with *** at 1733022000");
  });

  it.each([
    ['{"password":"hun\\"ter","age":3}', '{"password":***,"age":3}'],
    ["Authorization: Bearer abc.def, next", "Authorization: ***, next"],
    ["login {accessToken: abc, id: 7}", "login {accessToken: ***, id: 7}"],
    ["userPassword='x y' ok", "userPassword=*** ok"],
    ["the token is gone", "the token is gone"],
    ["author: Zoë", "author: Zoë"],
  ])("what is named a secret: %j", (text, told) => expect(leaving(text)).toBe(told));

  it("values of masked parameters, in addresses and by their names", () => {
    const rules = { maskAll: false, maskedParameters: ["ticket", "x-*"] };
    expect(leaving("GET https://shop.test/a?ticket=99&b=1 failed", [], rules)).toBe(
      "GET https://shop.test/a?ticket=***&b=1 failed",
    );
    expect(leaving("{ticket: 99, x-user: ann, b: 1}", [], rules)).toBe("{ticket: ***, x-user: ***, b: 1}");
    expect(secretNames(rules).test("x-user")).toBe(true);
    expect(secretNames(rules).test("user")).toBe(false);
  });

  it("the beginning of a secret at the end of a text that was cut", () => {
    const told = leaving(`${"long ".repeat(200)}hunt`, ["hunter2"], {}, true);
    expect(told).not.toContain("hunt");
    expect(told).toContain("long long");
  });

  it("everything where everything is masked, or more is secret than can be looked for", () => {
    expect(leaving("hello", [], { maskAll: true })).toBeNull();
    const many = Array.from({ length: LIMIT_SECRETS + 1 }, (_, at) => `secret ${at}`);
    expect(leaving("hello", many)).toBeNull();
  });

  it("nothing that was forgotten: a longer one has taken its place", () => {
    const known = new Secrets();
    known.keep("hunt");
    known.forget("hunt");
    expect(known.leaving("a hunt", RULES)).toBe("a hunt");
  });
});
