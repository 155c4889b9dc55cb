import { describe, expect, it } from "vitest";
import type { ConsoleEntry } from "#protocol/messages";
import { asText, EMPTY_LOG, fitting, LEVELS, LIMIT_LINES, type Log, take } from "./log.ts";

const told = (entries: ConsoleEntry[], left_out = 0) => ({ type: "console_told", entries, left_out }) as const;
const log = (text: string, more: Partial<ConsoleEntry> = {}): ConsoleEntry => ({ level: "log", text, ...more });

const keeping = (...messages: ReturnType<typeof told>[]): Log =>
  messages.reduce((now, message) => take(now, message, 10_000), EMPTY_LOG);

describe("C2 the console as the agent's window keeps it", () => {
  it("in order, with the time when it was said", () => {
    const { lines } = keeping(told([log("one", { ago_ms: 500 }), log("two", { level: "error" })]));
    expect(lines.map(({ text, level, atMs }) => [text, level, atMs])).toEqual([
      ["one", "info", 9500],
      ["two", "error", 10_000],
    ]);
  });

  it("the same again is counted", () => {
    const { lines } = keeping(told([log("one"), log("one", { count: 3 })]), told([log("one"), log("two")]));
    expect(lines.map(({ text, count }) => [text, count])).toEqual([
      ["one", 5],
      ["two", 1],
    ]);
  });

  it("tells what is missing and where, and is not the same across that", () => {
    const { lines } = keeping(told([log("one")]), told([log("one")], 7), told([], 4));
    expect(lines.map(({ text, leftOut }) => [text, leftOut])).toEqual([
      ["one", 0],
      ["one", 7],
      ["", 4],
    ]);
  });

  it("C4 old lines go", () => {
    const { lines } = keeping(told(Array.from({ length: LIMIT_LINES + 5 }, (_, at) => log(`${at}`))));
    expect([lines.length, lines[0]?.text]).toEqual([LIMIT_LINES, "5"]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(LIMIT_LINES);
  });
});

describe("A2 what is looked for and copied", () => {
  const { lines } = keeping(
    told([
      log("Cart is empty"),
      log("No such item", { level: "error", source: "https://shop.test/a.js:3:1", count: 2 }),
    ]),
  );

  it("by level and by words in any case, also of where it was", () => {
    const all = new Set(LEVELS);
    expect(fitting(lines, all, " cart ").map(({ text }) => text)).toEqual(["Cart is empty"]);
    expect(fitting(lines, all, "A.JS").length).toBe(1);
    expect(fitting(lines, new Set(["error"] as const), "").map(({ text }) => text)).toEqual(["No such item"]);
  });

  it("as text", () => {
    expect(asText(lines)).toBe(
      "1970-01-01T00:00:10.000Z info: Cart is empty\n1970-01-01T00:00:10.000Z error (×2): No such item\n    https://shop.test/a.js:3:1",
    );
  });
});
