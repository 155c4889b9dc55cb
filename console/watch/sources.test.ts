import { expect, test } from "vitest";
import { letsIn } from "./sources.ts";

const SELF = "https://view.example";

const CASES: readonly [source: string, origin: string, isIn: boolean][] = [
  ["*", "https://anyone.example", true],
  ["*", "null", false],
  ["*", "chrome-extension://abc", false],
  ["'none'", "https://desk.example", false],
  ["'self'", SELF, true],
  ["'self'", "https://desk.example", false],
  ["https:", "https://desk.example:8443", true],
  ["https:", "http://desk.example", false],
  ["https://desk.example", "https://desk.example", true],
  ["https://desk.example/", "https://desk.example", true],
  ["https://desk.example", "https://desk.example:8443", false],
  ["https://desk.example", "http://desk.example", false],
  ["http://desk.example", "https://desk.example", true],
  ["https://desk.example:8443", "https://desk.example:8443", true],
  ["https://desk.example:*", "https://desk.example:8443", true],
  ["http://localhost:9000", "http://localhost:9000", true],
  ["https://*.desk.example", "https://a.desk.example", true],
  ["https://*.desk.example", "https://desk.example", false],
  ["https://*.desk.example", "https://desk.example.evil.example", false],
  ["https://desk.example", "https://evildesk.example", false],
  ["desk.example", "https://desk.example", true],
  ["desk.example", "http://desk.example", false],
  ["HTTPS://Desk.Example", "https://desk.example", true],
  ["http://[::1]:8080", "http://[::1]:8080", true],
];

test.each(CASES)("a4 the source %s and the origin %s: %s", (source, origin, isIn) => {
  expect(letsIn([source], origin, SELF)).toBe(isIn);
});

test("a4 one source of several is enough, and none is nobody", () => {
  expect(letsIn(["https://a.example", "https://b.example"], "https://b.example", SELF)).toBe(true);
  expect(letsIn([], "https://b.example", SELF)).toBe(false);
});
