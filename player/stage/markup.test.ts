import { describe, expect, it } from "vitest";
import { attributeFor, boxTag, DEAD_LINK, htmlTag, INERT_TAG, type Space, svgTag } from "./markup.ts";

const address = { door: "https://agent.test/d/", base: "https://shop.example/" };
const door = (path: string) => address.door + encodeURIComponent(`https://shop.example/${path}`);
const known = () => false;

describe("elements", () => {
  it.each([
    "script",
    "SCRIPT",
    "noscript",
    "object",
    "embed",
    "applet",
    "base",
    "param",
    "portal",
    "fencedframe",
    "plaintext",
    "svg",
    "noembed",
    "noframes",
    "xml",
    "keygen",
    "geolocation",
    "permission",
  ])("M3 keeps <%s> off the stage", (tag) => {
    expect(htmlTag(tag, known)).toBe(INERT_TAG);
  });

  it.each(["div", "canvas", "IFRAME", "my-element", "style", "link", "template", "video"])(
    "F8 lets <%s> on the stage",
    (tag) => {
      expect(htmlTag(tag, known)).toBe(tag.toLowerCase());
    },
  );

  it("F8 lets elements on the stage of which the browser knows nothing", () => {
    expect(htmlTag("ngview", () => true)).toBe("ngview");
  });

  it.each(["script", "svg:script", "x:script", "SCRIPT", "iframe", "handler", "discard"])(
    "M3 keeps SVG <%s> off the stage",
    (tag) => {
      expect(svgTag(tag)).toBe("metadata");
    },
  );

  it.each(["svg", "foreignObject", "feGaussianBlur", "use"])("F8 lets SVG <%s> on the stage", (tag) => {
    expect(svgTag(tag)).toBe(tag);
  });

  it.each([
    ["div", "div"],
    ["TD", "td"],
    ["x-box", "x-box"],
    ["img", "span"],
    ["iframe", "span"],
    ["input", "span"],
    ["script", "span"],
  ])("M2 makes the box of a masked <%s> a <%s>", (tag, box) => {
    expect(boxTag(tag)).toBe(box);
  });
});

describe("attributes", () => {
  it.each<[Space, string, string, string]>([
    ["html", "img", "onerror", "alert(1)"],
    ["html", "body", "ONLOAD", "alert(1)"],
    ["svg", "svg", "onload", "alert(1)"],
    ["html", "iframe", "src", "https://evil.example/"],
    ["html", "frame", "src", "https://evil.example/"],
    ["html", "iframe", "srcdoc", "<script>alert(1)</script>"],
    ["html", "iframe", "sandbox", "allow-scripts"],
    ["html", "iframe", "allow", "camera"],
    ["html", "form", "action", "https://evil.example/"],
    ["html", "button", "formaction", "javascript:alert(1)"],
    ["html", "a", "ping", "https://evil.example/"],
    ["html", "a", "target", "_top"],
    ["html", "img", "attributionsrc", "https://evil.example/"],
    ["html", "meta", "http-equiv", "refresh"],
    ["html", "meta", "name", "referrer"],
    ["html", "img", "name", "createElement"],
    ["html", "form", "name", "body"],
    ["html", "input", "name", "insertBefore"],
    ["html", "input", "name", "children"],
    ["html", "link", "rel", "preload"],
    ["html", "link", "rel", "dns-prefetch preconnect icon manifest"],
    ["html", "link", "href", "data:text/css,@import 'https://evil.example/'"],
    ["html", "link", "href", "javascript:alert(1)"],
    ["html", "link", "imagesrcset", "https://evil.example/x.png 1x"],
    ["html", "video", "poster", "javascript:alert(1)"],
    ["html", "div", "data-twinpane-hover", ""],
    ["html", "div", "is", "x-div"],
    ["html", "input", "autofocus", ""],
    ["svg", "use", "href", "data:image/svg+xml,<svg id='x'/>"],
    ["svg", "use", "xlink:href", "javascript:alert(1)"],
    ["svg", "linearGradient", "href", "https://evil.example/x.svg#g"],
    ["svg", "animate", "attributeName", "href"],
    ["svg", "set", "attributeName", "xlink:href"],
    ["svg", "set", "attributeName", "onclick"],
    ["svg", "svg", "xml:base", "https://evil.example/"],
    ["mathml", "mi", "href", "javascript:alert(1)"],
    ["mathml", "maction", "xlink:href", "https://evil.example/"],
    ["html", "div", "href", "https://evil.example/"],
  ])("M3 keeps %s <%s %s=%j> off the stage", (space, tag, name, value) => {
    expect(attributeFor(space, tag, name, value, address)).toBeNull();
  });

  it.each<[Space, string, string, string, string, string]>([
    ["html", "a", "href", "https://evil.example/", "href", DEAD_LINK],
    ["html", "a", "href", "javascript:alert(1)", "href", DEAD_LINK],
    ["svg", "a", "xlink:href", "javascript:alert(1)", "href", DEAD_LINK],
    ["html", "img", "src", "a.png", "src", door("a.png")],
    ["html", "img", "srcset", "a.png 2x", "srcset", `${door("a.png")} 2x`],
    ["html", "td", "background", "a.png", "background", door("a.png")],
    ["html", "link", "href", "a.css", "href", door("a.css")],
    ["html", "link", "rel", "StyleSheet preload", "rel", "stylesheet"],
    ["html", "link", "rel", "alternate stylesheet", "rel", "alternate stylesheet"],
    ["html", "p", "style", "background:url(a.png)", "style", `background:url("${door("a.png")}")`],
    ["svg", "rect", "fill", "url(https://shop.example/a.svg#g)", "fill", `url("${door("a.svg")}#g")`],
    ["svg", "image", "xlink:href", "a.png", "href", door("a.png")],
    ["svg", "use", "href", "#icon", "href", "#icon"],
    ["svg", "use", "href", "a.svg#icon", "href", `${door("a.svg")}#icon`],
    ["svg", "animate", "values", "url(https://shop.example/a.svg#b)", "values", `url("${door("a.svg")}#b")`],
    ["html", "meta", "name", "color-scheme", "name", "color-scheme"],
    ["html", "input", "name", "name", "name", "name"],
    ["html", "input", "name", "title", "name", "title"],
    ["html", "input", "name", "firstName", "name", "firstName"],
    ["html", "input", "name", "lastName", "name", "lastName"],
    ["html", "input", "type", "checkbox", "type", "checkbox"],
    ["html", "q", "cite", "https://shop.example/quote", "cite", "https://shop.example/quote"],
    ["html", "div", "data-x", "javascript:alert(1)", "data-x", "javascript:alert(1)"],
    ["html", "div", "aria-label", "url(x)", "aria-label", "url(x)"],
  ])("F11 makes %s <%s %s=%j> %s=%j", (space, tag, name, value, told, expected) => {
    expect(attributeFor(space, tag, name, value, address)).toEqual([told, expected]);
  });
});
