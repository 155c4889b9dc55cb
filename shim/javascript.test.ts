import { expect, it } from "vitest";
import { rewriteScript, unwrapped } from "./javascript.ts";

const encode = (url: string): string => url.replace("https://", "http://p/");
const rewritten = (code: string): string => rewriteScript(code, encode);
const table = (pairs: readonly (readonly [string, string])[]): void => {
  for (const [code, expected] of pairs) expect(rewritten(code), code).toBe(expected);
};
const same = (...codes: string[]): void => table(codes.map((code) => [code, code]));

it("Y6 reads of location are wrapped", () =>
  table([
    ["location.href", "__tp$L(location).href"],
    ["window.location.href", "__tp$L(window.location).href"],
    ['w["location"].host', '__tp$L(w["location"]).host'],
    ["a().b[0].location", "__tp$L(a().b[0].location)"],
    ["(a || b).location", "__tp$L((a || b).location)"],
    ["new URL(x).location", "__tp$L(new URL(x).location)"],
    ["if (x) (y).location", "if (x) __tp$L((y).location)"],
    ["f({location, a: 1})", "f({location:__tp$L(location), a: 1})"],
    ["[location, `${location}`]", "[__tp$L(location), `${__tp$L(location)}`]"],
    ["x ? location : y", "x ? __tp$L(location) : y"],
    ["case1: { location }", "case1: { __tp$L(location) }"],
    ["const u = location, v = 1", "const u = __tp$L(location), v = 1"],
    ["(a = location) => a", "(a = __tp$L(location)) => a"],
    ["import.meta.location", "__tp$L(__tp$U(import.meta).location)"],
    ["window[k].href", "__tp$T(window[k]).href"],
    ["if (self['a' + b] == c) document[d](e)", "if (__tp$T(self['a' + b]) == c) document[d](e)"],
    ["const {location: a, b} = window", "const {location: a, b} = __tp$P(window)"],
    ["({location, top} = f.contentWindow)", "({location, top} = __tp$P(f.contentWindow))"],
    ["({location} = document) => 1", "({location} = __tp$P(document)) => 1"],
    ["a / location / b", "a / __tp$L(location) / b"],
    ["class A { x = location; }", "class A { x = __tp$L(location); }"],
    ["x?.location?.href", "__tp$P(x)?.location?.href"],
  ]));

it("Y6 assignments to location go through a wrapper", () =>
  table([
    ["location = '/x'", "__tp$G.location = '/x'"],
    ["{location='/x'}", "{__tp$G.location='/x'}"],
    ["window.location = x", "__tp$P(window).location = x"],
    ["a.b.location += x", "__tp$P(a.b).location += x"],
    ["w['location'] = x", "__tp$P(w)['location'] = x"],
    ["top.location = self.location", "__tp$P(__tp$T(top)).location = __tp$L(self.location)"],
    ["if (top != self) top.location.href = x", "if (__tp$T(top) != self) __tp$L(__tp$T(top).location).href = x"],
  ]));

it("Y6 names that are no values are left alone", () =>
  same(
    "let location = 1",
    "let a = 1, location = 2",
    "var location; location = 3",
    "({location: 1})",
    "({location() {}, get location() {}})",
    "function f(location, {location: b}, [top]) {}",
    "(location) => 1",
    "location => 1",
    "({location} = x)",
    "const {location} = this.window()",
    "const {location} = a.b",
    "window[0]; window['a']; window[a] = b; delete window[a]; new window[a]; a.window[b]; window.a; x[window]",
    "const {a: {location}} = x",
    "for (const {top} of y) ;",
    "import {location} from './x'",
    "export {location}",
    "class A { location = 1; top() {} static location = 2 }",
    "router.location('x')",
    "a?.b.location",
    "'location'; /location/; // location\n/* top */ `location`",
    "delete x.location",
    "typeof location",
    "new a.location()",
    "x.top + rect.top",
    "catch_: try {} catch (location) {}",
    "({ location: x } = y)",
  ));

it("Y6 import, eval and postMessage", () =>
  table([
    ["import(x)", "import(__tp$I(x))"],
    ["import(x, {with: y})", "import(__tp$I(x), {with: y})"],
    ["import a from 'https://b/c'", 'import a from "http://p/b/c"'],
    ["export * from 'https://b/c'", 'export * from "http://p/b/c"'],
    ["import './a'", "import './a'"],
    ["eval(a, b)", "eval(__tp$E(a), b)"],
    ["(0, eval)(x)", "(0, __tp$V(eval))(x)"],
    ["window.eval(x) + a.eval(y)", "__tp$V(window.eval)(x) + a.eval(y)"],
    ["import.meta.url", "__tp$U(import.meta).url"],
    ["a.postMessage(m, '*')", "__tp$M(a).postMessage(m, '*')"],
    ["a.postMessage(m); a.postMessage(m, [t])", "a.postMessage(m); a.postMessage(m, [t])"],
    ["a.b.postMessage(m, o)", "__tp$M(a.b).postMessage(m, o)"],
    ["parent.postMessage({a, b}, o, [t])", "__tp$M(parent).postMessage({a, b}, o, [t])"],
    ["if (window.top === window) a", "if (__tp$T(window.top) === window) a"],
    ["({import(x) {}, eval(x) {}})", "({import(x) {}, eval(x) {}})"],
  ]));

it("Y6 code reads back as it was, in markup as well", () => {
  for (const code of [
    "location.href = f(top.location) + a[(b)](c)",
    "x.postMessage(a, import.meta.url); eval(b)",
    "const {location: {href}} = window; f(window[g(h)])",
    "a :) ( location )",
  ]) {
    expect(unwrapped(rewritten(code))).toBe(code);
    expect(unwrapped(rewritten(rewritten(code)))).toBe(code);
  }
  expect(unwrapped('<b onclick="f(__tp$L(location))">:) __tp$G.location</b>')).toBe(
    '<b onclick="f(location)">:) location</b>',
  );
});

it("Y6 code that cannot be read is left alone", () => same("location )", "`${location", "if (", "'location"));
