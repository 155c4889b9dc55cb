/** Addresses in CSS that scripts set. */
import { apply, argument, defineProperty, getOwnPropertyDescriptor, getter, method, setter } from "./patch.ts";
import type { Realm } from "./realm.ts";

const PROPERTIES =
  "background backgroundImage borderImage borderImageSource content cursor filter listStyle listStyleImage mask maskImage webkitMaskImage clipPath shapeOutside src";

export function installStyles({ view, encodeCss, decode }: Realm): void {
  const declarations = view.CSSStyleDeclaration.prototype;
  // Firefox and newer browsers keep the properties one step down.
  const properties =
    (view as { CSSStyleProperties?: { prototype: object } }).CSSStyleProperties?.prototype ?? declarations;
  setter(declarations, "cssText", encodeCss);
  for (const name of PROPERTIES.split(" ")) {
    const dashed = name.replace(/^webkit|[A-Z]/g, (part) => `-${part.toLowerCase()}`);
    for (const one of new Set([name, dashed])) {
      // Where they are no accessors, one of ours comes before what the browser makes up.
      if (!getOwnPropertyDescriptor(properties, one)) define(declarations, one, dashed);
      setter(properties, one, encodeCss);
      getter(properties, one, decode);
    }
  }
  argument(declarations, "setProperty", 1, encodeCss);
  argument(view.CSSStyleSheet.prototype, "insertRule replace replaceSync", 0, encodeCss);
  argument(view.CSSStyleSheet.prototype, "addRule", 1, encodeCss);
  argument(view.CSSGroupingRule?.prototype, "insertRule", 0, encodeCss);
  // `element.style = "…"` sets the text.
  for (const kind of [view.HTMLElement, view.SVGElement]) setter(kind.prototype, "style", encodeCss);
  method(view.StylePropertyMap?.prototype, "set append", (self, args, native) =>
    apply(native, self, [args[0], ...args.slice(1).map(encodeCss)]),
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
