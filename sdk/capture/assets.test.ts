import { describe, expect, it } from "vitest";
import { urlsInCss, urlsInSrcset } from "./assets.ts";

describe("assets", () => {
  it("F12 finds every address in CSS", () => {
    const css = `@import "a.css"; @import url(b.css); x { background: url( "c d.png" ), url('e.png') } @font-face { src: url(f.woff2) }`;
    expect(urlsInCss(css)).toEqual(["a.css", "b.css", "c d.png", "e.png", "f.woff2"]);
  });

  it("F12 finds every address in a srcset", () => {
    expect(urlsInSrcset("a.png 1x, b.png?x=1,2 2x,c.png")).toEqual(["a.png", "b.png?x=1,2", "c.png"]);
    expect(urlsInSrcset("")).toEqual([]);
  });
});
