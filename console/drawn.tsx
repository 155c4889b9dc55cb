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

/** An icon; it is decoration, its control has the name. */
export function Drawn({ svg }: { svg: string }) {
  return (
    <span class="icon" aria-hidden="true">
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        {shapesOf(svg)}
      </svg>
    </span>
  );
}
