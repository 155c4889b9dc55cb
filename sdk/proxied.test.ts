import { expect, it } from "vitest";
import { type Proxied, proxiedAttribute } from "./proxied.ts";

const encode = (url: string): string => url.replace("https://", "http://p/");
const PROXIED: Proxied = {
  sid: "abcdefgh2345",
  base: { host: "px.localhost" },
  jar: {},
  visitor: null,
  uniqueId: null,
  top: true,
  decode: (text) => text,
  encode,
  encodeCss: (css) => css.replaceAll("https://", "http://p/"),
};
const attribute = (tag: string, name: string, value: string): string =>
  proxiedAttribute(PROXIED, tag, name, value, "https://real.example/dir/");

it("Y9 links are told as the site has them", () => {
  expect(attribute("a", "href", "../x?y")).toBe("https://real.example/x?y");
  expect(attribute("a", "href", "#x")).toBe("#x");
  expect(attribute("form", "action", "https://b.example/")).toBe("https://b.example/");
});

it("Y9 what is to be fetched is told as the proxy has it", () => {
  expect(attribute("img", "src", "https://cdn.example/x.png")).toBe("http://p/cdn.example/x.png");
  expect(attribute("img", "src", "x.png")).toBe("x.png");
  expect(attribute("img", "srcset", "https://c/1.png 1x, https://c/2.png 2x")).toBe(
    "http://p/c/1.png 1x, http://p/c/2.png 2x",
  );
  expect(attribute("p", "style", "background:url(https://c/1.png)")).toBe("background:url(http://p/c/1.png)");
  expect(attribute("p", "title", "https://c/")).toBe("https://c/");
});
