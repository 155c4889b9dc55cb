import { expect, it } from "vitest";
import { applied, readWrite } from "./cookies.ts";

const SITE = new URL("https://www.shop.example");
const NOW_MS = Date.UTC(2030, 0, 1);
const write = (cookies: string, text: string, path = "/dir/page"): string => {
  const read = readWrite(text, SITE, path);
  return read ? applied(cookies, read, NOW_MS) : cookies;
};

it("Y4 a write shows at once", () => {
  expect(write("", "a=1")).toBe("a=1");
  expect(write("a=1; b=2", "a=3; path=/")).toBe("a=3; b=2");
  expect(write("a=1", "x=y=z; Domain=.shop.example; Secure")).toBe("a=1; x=y=z");
  expect(write("a=1; b=2", "a=; max-age=0")).toBe("b=2");
  expect(write("a=1", "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT")).toBe("");
  expect(write("a=1", "a=2; expires=Fri, 01-Jan-2038 00:00:00 GMT")).toBe("a=2");
});

it("Y4 what a browser would refuse or not show does not show", () => {
  for (const text of [
    "h=1; HttpOnly",
    "d=1; domain=other.example",
    "__Host-a=1",
    "__Secure-a=1",
    "p=1; path=/elsewhere",
    "",
    "a=\u0001",
    `a=${"x".repeat(5000)}`,
  ]) {
    expect(write("k=1", text), text).toBe("k=1");
  }
  expect(readWrite("s=1; secure", new URL("http://shop.example"), "/")).toBeNull();
  expect(write("", "__Host-a=1; Secure; Path=/")).toBe("__Host-a=1");
});
