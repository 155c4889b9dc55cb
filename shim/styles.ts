/** Addresses in CSS that scripts set. */
import { apply, argumentsOf, defineProperty, getOwnPropertyDescriptor, getter, method, setter } from "./patch.ts";
import type { Realm } from "./realm.ts";

const PROPERTIES =
  "background backgroundImage borderImage borderImageSource content cursor filter listStyle listStyleImage mask maskImage webkitMaskImage clipPath shapeOutside src";

export function installStyles({ view, encodeCss, decode }: Realm): void {
  const asCss = (value: unknown): unknown => (typeof value === "string" ? encodeCss(value) : value);
  const first = (args: unknown[]): void => {
    args[0] = asCss(args[0]);
  };
  const declarations = view.CSSStyleDeclaration.prototype;
  // Firefox and newer browsers keep the properties one step down.
  const properties =
    (view as { CSSStyleProperties?: { prototype: object } }).CSSStyleProperties?.prototype ?? declarations;
  setter(declarations, "cssText", asCss);
  for (const name of PROPERTIES.split(" ")) {
    const dashed = name.replace(/^webkit|[A-Z]/g, (part) => `-${part.toLowerCase()}`);
    for (const one of new Set([name, dashed])) {
      // Where they are no accessors, one of ours comes before what the browser makes up.
      if (!getOwnPropertyDescriptor(properties, one)) define(declarations, one, dashed);
      setter(properties, one, asCss);
      getter(properties, one, (value) => (typeof value === "string" ? decode(value) : value));
    }
  }
  argumentsOf(declarations, "setProperty", (args) => {
    args[1] = asCss(args[1]);
  });
  argumentsOf(view.CSSStyleSheet.prototype, "insertRule replace replaceSync", first);
  argumentsOf(view.CSSStyleSheet.prototype, "addRule", (args) => {
    args[1] = asCss(args[1]);
  });
  argumentsOf(view.CSSGroupingRule?.prototype, "insertRule", first);
  // `element.style = "…"` sets the text.
  for (const kind of [view.HTMLElement, view.SVGElement]) setter(kind.prototype, "style", asCss);
  method(view.StylePropertyMap?.prototype, "set append", (self, args, native) =>
    apply(native, self, [args[0], ...args.slice(1).map(asCss)]),
  );
}

function define(declarations: CSSStyleDeclaration, name: string, dashed: string): void {
  const { getPropertyValue, setProperty } = declarations;
  defineProperty(declarations, name, {
    get(this: CSSStyleDeclaration) {
      return getPropertyValue.call(this, dashed);
    },
    set(this: CSSStyleDeclaration, value: string | null) {
      setProperty.call(this, dashed, value);
    },
    enumerable: true,
    configurable: true,
  });
}
