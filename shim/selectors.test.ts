import { expect, it } from "vitest";
import { encodeSelector } from "./selectors.ts";

const encode = (url: string): string => url.replace(/^https:\/\/([a-z.]+)/, (_, host) => `http://s-${host}.px`);
const encoded = (selector: string): string => encodeSelector(selector, encode);

it("Y7 a selector finds proxied addresses and those of links", () => {
  expect(encoded("img[src^='https://a.b/c'] > b")).toBe(
    "img:is([src^='https://a.b/c'],[src^='http://s-a.b.px/c']) > b",
  );
  expect(encoded('[ href = "https://a.b" i ],p')).toBe(
    ':is([ href = "https://a.b" i ],[ href = "http://s-a.b.px" i ]),p',
  );
  expect(encoded("script[src*='a-b.c.d']")).toBe("script:is([src*='a-b.c.d'],[src*='a--b-c-d'])");
});

it("Y7 all other selectors stay", () => {
  for (const selector of [
    "[src]",
    "[src$='/a.png']",
    "a[href='#x']",
    "[data-x='https://a.b']",
    "[src*=a]",
    "b > c",
    "[",
  ]) {
    expect(encoded(selector)).toBe(selector);
  }
});
