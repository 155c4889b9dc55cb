import { describe, expect, it } from "vitest";
import { rewriteSrcset, throughDoor } from "./urls.ts";

const address = { door: "https://agent.test/assets/t/", base: "https://shop.example/a/b.html?q#x" };
const door = (url: string) => address.door + encodeURIComponent(url);

describe("throughDoor", () => {
  it.each([
    ["c.png", door("https://shop.example/a/c.png")],
    ["/c.png", door("https://shop.example/c.png")],
    ["//cdn.example/c.png", door("https://cdn.example/c.png")],
    ["https://cdn.example/c.png?a=1&b=2", door("https://cdn.example/c.png?a=1&b=2")],
    ["  c.png\n", door("https://shop.example/a/c.png")],
    ["sprite.svg#icon", `${door("https://shop.example/a/sprite.svg")}#icon`],
    ["blob:https://shop.example/1-2-3", door("blob:https://shop.example/1-2-3")],
    ["data:image/png;base64,AAAA", "data:image/png;base64,AAAA"],
    ["#gradient", "#gradient"],
    ["https://shop.example/a/b.html?q#gradient", "#gradient"],
    ["", null],
    ["javascript:alert(1)", null],
    ["java\nscript:alert(1)", null],
    ["\u0001javascript:alert(1)", null],
    ["vbscript:x", null],
    ["file:///etc/passwd", null],
    ["chrome-extension://abc/x.png", null],
    ["about:blank", null],
    ["ws://shop.example/", null],
    ["filesystem:https://shop.example/x", null],
    ["https://", null],
  ])("F11 sends %j to the asset door, keeps or refuses it", (url, expected) => {
    expect(throughDoor(url, address)).toBe(expected);
  });

  it("F11 refuses what is relative to a base that is none", () => {
    expect(throughDoor("c.png", { door: "/d/", base: "javascript:alert(1)//" })).toBeNull();
    expect(throughDoor("c.png", { door: "/d/", base: "" })).toBeNull();
  });
});

describe("rewriteSrcset", () => {
  it.each([
    ["c.png 1x, d.png 2x", `${door("https://shop.example/a/c.png")} 1x, ${door("https://shop.example/a/d.png")} 2x`],
    ["c.png, d.png 100w", `${door("https://shop.example/a/c.png")}, ${door("https://shop.example/a/d.png")} 100w`],
    ["a,b.png 2x", `${door("https://shop.example/a/a,b.png")} 2x`],
    ["data:image/png;base64,AA 1x", "data:image/png;base64%2CAA 1x"],
    ["javascript:alert(1) 1x, c.png 2x", `${door("https://shop.example/a/c.png")} 2x`],
    [" , ", ""],
  ])("F11 rewrites every candidate of %j", (srcset, expected) => {
    expect(rewriteSrcset(srcset, address)).toBe(expected);
  });
});
