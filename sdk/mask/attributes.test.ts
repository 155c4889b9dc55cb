import { describe, expect, it } from "vitest";
import { attributeLeaving, geometryOf } from "./attributes.ts";
import { Level } from "./decision.ts";

const open = (tag: string, name: string, value = "v") => attributeLeaving(tag, Level.Open, name, value);

describe("attributes that leave", () => {
  it.each([
    ["div", "onclick"],
    ["script", "integrity"],
    ["style", "nonce"],
    ["iframe", "srcdoc"],
    ["input", "value"],
    ["meta", "content"],
    ["meta", "http-equiv"],
  ])("M3 <%s %s> never leaves", (tag, name) => expect(open(tag, name)).toBeNull());

  it.each(["javascript:alert(1)", " java\nscript:alert(1)", "JAVASCRIPT:1", "\u0001vbscript:x"])(
    "M3 %j is no address",
    (url) => {
      expect(open("a", "href", url)).toBeNull();
      expect(open("form", "action", url)).toBeNull();
    },
  );

  it("F8 what the picture needs leaves", () => {
    for (const name of ["class", "id", "style", "title", "data-x", "aria-label"]) expect(open("div", name)).toBe("v");
    expect(open("a", "href", "/cart")).toBe("/cart");
    expect(open("option", "value")).toBe("v");
    expect(attributeLeaving("meta", Level.Open, "content", "width=1", "viewport")).toBe("width=1");
  });

  it.each(["value", "placeholder", "title", "alt", "aria-label", "src", "href", "data-id", "id", "name"])(
    "M3 %s of a masked element is withheld",
    (name) => {
      for (const level of [Level.Field, Level.Box, Level.Shell])
        expect(attributeLeaving("p", level, name, "secret")).toBeNull();
    },
  );

  it("M3 of a masked element's style only geometry leaves", () => {
    expect(geometryOf("width: 10px; background: url(secret.png); margin-top:2px")).toBe("width: 10px; margin-top:2px");
    expect(geometryOf("grid-area: secret; --x: secret; transform: url(a)")).toBe("grid-area: secret");
    expect(attributeLeaving("p", Level.Box, "style", "color: red")).toBeNull();
  });
});
