import { describe, expect, it } from "vitest";
import { rewriteCss } from "./css.ts";

const address = { door: "https://agent.test/d/", base: "https://shop.example/a/" };
const door = (path: string) => `"${address.door}${encodeURIComponent(`https://shop.example/a/${path}`)}"`;
const elsewhere = `"${address.door}${encodeURIComponent("https://evil.example/x")}"`;

/** CPU time of this process in ms: what else runs on the machine must not count. Hanging takes minutes. */
const spent = () => process.cpuUsage().user / 1000;

describe("rewriteCss", () => {
  it.each([
    ["a{color:red}", "a{color:red}"],
    ["a{background:url(x.png)}", `a{background:url(${door("x.png")})}`],
    ["a{background:url( 'x.png' ) no-repeat}", `a{background:url(${door("x.png")} ) no-repeat}`],
    ['a{background:URL("x.png")}', `a{background:url(${door("x.png")})}`],
    ["a{fill:url(#g)}", 'a{fill:url("#g")}'],
    ["a{background:url(data:image/png;base64,AA)}", 'a{background:url("data:image/png;base64,AA")}'],
    ["@import 'x.css' screen;", `@import ${door("x.css")} screen;`],
    ["@import/**/url(x.css);", `@import/**/url(${door("x.css")});`],
    ["a{background:url(javascript:alert(1))}", 'a{background:url(""))}'],
    ["a{background:u\\72l(https://evil.example/x)}", `a{background:url(${elsewhere})}`],
    ["a{background:\\000075 rl(https://evil.example/x)}", `a{background:url(${elsewhere})}`],
    ["a{background:\\55RL(https://evil.example/x)}", `a{background:url(${elsewhere})}`],
    ["a{background:url(h\\74tps://evil.example/x)}", `a{background:url(${elsewhere})}`],
    ["@\\69mport 'https://evil.example/x';", `@import ${elsewhere};`],
    [
      "a{background:image-set('x.png' 1x, url(y.png) 2x)}",
      `a{background:image-set(${door("x.png")} 1x, url(${door("y.png")}) 2x)}`,
    ],
    [
      "a{background:image-set('x.png' type('image/png'))}",
      `a{background:image-set(${door("x.png")} type('image/png'))}`,
    ],
    ["a{background:-webkit-image-set('https://evil.example/x' 1x)}", `a{background:image-set(${elsewhere} 1x)}`],
    [
      "a{--x:'https://evil.example/x';background:image-set(var(--x) 1x)}",
      "a{--x:'https://evil.example/x';background:none}",
    ],
    ["a{background:image-set('https://evil.example/x' 1x", "a{background:refused('https://evil.example/x' 1x"],
    ["a{background:src('https://evil.example/x')}", "a{background:refused('https://evil.example/x')}"],
    ["a{background:url(a b)}", 'a{background:url("")}'],
    ['a{background:url("x\\"y.png")}', `a{background:url(${door("x%22y.png")})}`],
    ["/* url(x.png) */a{content:'url(x.png)'}", "/* url(x.png) */a{content:'url(x.png)'}"],
    ["a::before{content:'\\201C'}", "a::before{content:'\\201C'}"],
    [".my-url(x){}", ".my-url(x){}"],
  ])("F11 leads the addresses in %j to the asset door", (css, expected) => {
    expect(rewriteCss(css, address)).toBe(expected);
  });

  it.each([
    ["a:hover{}", "a[data-twinpane-hover]{}"],
    [
      "a:hover:focus-visible>b:active{}",
      "a[data-twinpane-hover][data-twinpane-focus=visible]>b[data-twinpane-active]{}",
    ],
    [":focus-within,:focus{}", "[data-twinpane-within],[data-twinpane-focus]{}"],
    [".btn--primary:hover{}", ".btn--primary[data-twinpane-hover]{}"],
    [".hover\\:x:hover{}", ".hover\\:x[data-twinpane-hover]{}"],
    [".a\\:hover{}", ".a\\:hover{}"],
    ["a:not(:hover){}", "a:not([data-twinpane-hover]){}"],
    ["@media (hover:hover) and (any-hover:hover){}", "@media (hover:hover) and (any-hover:hover){}"],
    ["a{animation-name:hover}", "a{animation-name:hover}"],
    ["a::-webkit-scrollbar:hover{}", "a::-webkit-scrollbar:hover{}"],
    ["a:hover-card{}", "a:hover-card{}"],
    ["a{content:':hover'}", "a{content:':hover'}"],
  ])("F8 makes marks of the pseudo-classes in %j", (css, expected) => {
    expect(rewriteCss(css, address)).toBe(expected);
  });

  it("F8 rewrites a megabyte in one go", () => {
    const css = ".card:hover > .x { background: url(img/a.png) no-repeat; color: rgb(1,2,3) }\n".repeat(14_000);
    const begun = spent();
    rewriteCss(css, address);
    expect(spent() - begun).toBeLessThan(10_000);
  });

  it("F8 does not hang on what looks like the beginning of something", () => {
    for (const piece of ["image-set(", "url(", '"', "@import ", "\\", "/*", "image-set(()", "(((((", "'\\"]) {
      const begun = spent();
      rewriteCss(`${piece.repeat(3000)} url :hover`, address);
      expect(spent() - begun).toBeLessThan(10_000);
    }
  });
});
