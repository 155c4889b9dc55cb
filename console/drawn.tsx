/** An icon's text as elements: the policies of our pages allow no markup from text. */

import { h } from "preact";

const ELEMENT = /<(path|rect|circle|line|polyline|polygon|ellipse) ([^>]*?)\/?>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;

/** The shapes of an SVG file of the kept set. */
export function shapesOf(svg: string) {
  return [...svg.matchAll(ELEMENT)].map(([, tag = "", rest = ""]) =>
    h(tag, Object.fromEntries([...rest.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value]))),
  );
}
