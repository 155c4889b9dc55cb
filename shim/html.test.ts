import { expect, it } from "vitest";
import { encodeCss, encodeSrcset } from "./css.ts";
import { type Encoders, encodeDocument, encodeHtml } from "./html.ts";

const encode = (url: string): string => url.replace(/^(?:https?:)?\/\//, "http://p/");
const to: Encoders = {
  encode,
  encodePlace: encode,
  rewrite: (code) => code.replaceAll("location", "L"),
  prelude: () => "<script>self.__tp$={}</script>",
};
const html = (text: string): string => encodeHtml(text, to);

it("Y5 addresses of what is loaded change, links stay", () => {
  expect(html("<IMG alt='a>b' src=https://c/1.png>")).toBe("<IMG alt='a>b' src=\"http://p/c/1.png\">");
  expect(html('<a href="https://c/x">//</a>')).toBe('<a href="https://c/x">//</a>');
  expect(html('<link rel=stylesheet href="//c/x.css?a&amp;b">')).toBe(
    '<link rel=stylesheet href="http://p/c/x.css?a&amp;b">',
  );
  expect(html('<p style="background:url(&quot;https://c/1&quot;)">')).toBe(
    '<p style="background:url(&quot;http://p/c/1&quot;)">',
  );
});

it("Y5 scripts and sheets in markup change, other raw text stays", () => {
  expect(html("<script>location</script><textarea><img src=//c/1></textarea>")).toBe(
    "<script>L</script><textarea><img src=//c/1></textarea>",
  );
  expect(html('<script type="application/json">{"a":"location//"}</script>')).toContain("location");
  expect(html('<p onclick="location=&quot;x&quot;">')).toBe('<p onclick="L=&quot;x&quot;">');
  expect(html("<style>a{background:url(//c/1)}</style>")).toBe("<style>a{background:url(http://p/c/1)}</style>");
  expect(html("<!-- <img src=//c/1> --><script src='//c/1' integrity=x>")).toBe(
    '<!-- <img src=//c/1> --><script src="http://p/c/1" data-tp-integrity=x>',
  );
});

it("Y5 a frame's own document begins with the shim, behind its doctype", () => {
  expect(encodeDocument("<!doctype html><p>x", to)).toBe("<!doctype html><script>self.__tp$={}</script><p>x");
  expect(html('<iframe srcdoc="<p>&amp;">')).toContain("__tp$");
});

it("Y5 CSS and srcset", () => {
  expect(encodeCss("a{b:url( 'https://c/1' ) url(x.png)} @import \"//c/2\";", encode)).toBe(
    "a{b:url( 'http://p/c/1' ) url(x.png)} @import \"http://p/c/2\";",
  );
  expect(encodeCss('a{b:image-set("https://c/1" 1x, "//c/2" 2x)} /* "//x" */', encode)).toBe(
    'a{b:image-set("http://p/c/1" 1x, "http://p/c/2" 2x)} /* "//x" */',
  );
  expect(encodeSrcset("https://c/a,b.png 1x, /x.png 2x,//c/y 100w", encode)).toBe(
    "http://p/c/a,b.png 1x, /x.png 2x,http://p/c/y 100w",
  );
  expect(encodeSrcset("data:image/png;base64,AA== 1x, https://c/b", encode)).toBe(
    "data:image/png;base64,AA== 1x, http://p/c/b",
  );
});
