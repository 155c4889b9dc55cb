import { describe, expect, it } from "vitest";
import { LIMIT_RAW, type PreviewOptions, preview, textOf } from "./preview.ts";

const OPTIONS: PreviewOptions = { isSecret: (name) => name === "password", node: () => "<node>" };
const shown = (value: unknown) => preview(value, OPTIONS);
const said = (...args: unknown[]) => textOf(args, OPTIONS);

describe("C2 what is said looks as in a console", () => {
  it.each([
    [["hello", "world", 3], "hello world 3"],
    [["%s is %d years, %i, %f", "Zoë", 3.7, "4.5", 1.5], "Zoë is 3 years, 4, 1.5"],
    [["%c styled", "color: red", { a: 1 }], " styled {a: 1}"],
    [["100%", 1], "100% 1"],
    [["%s and %s", "one"], "one and %s"],
    [["%o", { a: "b" }], '{a: "b"}'],
    [["%d", {}], "NaN"],
    [[], ""],
    [[undefined, null, true, 1n, Symbol("s")], "undefined null true 1n Symbol(s)"],
  ])("%#", (args, text) => expect(said(...args)).toBe(text));

  it.each([
    [[1, "a", [2]], '[1, "a", [2]]'],
    [{ a: { b: { c: { d: { e: 1 } } } } }, "{a: {b: {c: {…}}}}"],
    [new Map([["a", 1]]), 'Map(1) {"a" => 1}'],
    [new Set([1, 2]), "Set(2) {1, 2}"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "Invalid Date"],
    [/a+/g, "/a+/g"],
    [function pay() {}, "ƒ pay()"],
    [
      new (class Cart {
        total = 5;
      })(),
      "Cart {total: 5}",
    ],
    [Object.create(null), "{}"],
    [new Uint8Array(3), "Uint8Array(3 B)"],
  ])("%#", (value, text) => expect(shown(value)).toBe(text));

  it("an error with where it was thrown and its cause", () => {
    const error = new TypeError("no kettle", { cause: new Error("sold out") });
    expect(shown(error)).toMatch(/^TypeError: no kettle\n\s+at [\s\S]*↳ sold out$/);
  });
});

describe("C4 nothing of the page is disturbed", () => {
  it("no getter is called", () => {
    let called = 0;
    const value = {
      get total() {
        called++;
        return 1;
      },
    };
    expect(shown(value)).toBe("{total: (…)}");
    expect(called).toBe(0);
  });

  it("what throws or goes in a circle is shown all the same", () => {
    const broken = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("mine");
        },
      },
    );
    expect(shown(broken)).toBe("?");
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(shown(circle)).toBe("{self: [circular]}");
  });

  it("much is cut", () => {
    expect(said("x".repeat(1e6)).length).toBe(LIMIT_RAW);
    expect(said(Array.from({ length: 1e5 }, (_, at) => at)).length).toBeLessThanOrEqual(LIMIT_RAW);
    expect(shown(Array.from({ length: 60 }, () => 0))).toMatch(/0, …\]$/);
  });
});

it("C3 what a property named a secret holds is not read", () => {
  expect(shown({ password: { deep: "hunter2" }, user: "ann" })).toBe('{password: ***, user: "ann"}');
});
