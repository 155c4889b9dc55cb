/** The size of the visitor's viewport, and how the device answers media queries. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop, stopAll } from "./natives.ts";

const QUERIES = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(hover: hover)"];

export function startViewport(context: Context): Stop {
  const { page, facts } = context;
  const queries = QUERIES.map((query) => page.matchMedia(query));
  const stops: Stop[] = [];
  let told = "";

  const changed = () => context.soon();
  stops.push(listen(page, "resize", changed));
  for (const query of queries) stops.push(listen(query, "change", changed));
  context.onBatch(() => {
    const answers = queries.map((query) => (query.matches ? 1 : 0));
    const root = page.document.documentElement;
    // The layout viewport without scroll bars; a document without an element has none yet.
    const width = root ? page.innerWidth : 0;
    const now = [width, page.innerHeight, page.devicePixelRatio, ...answers];
    if (String(now) === told) return;
    told = String(now);
    facts.slots.push(Op.Viewport, ...now);
  });
  return () => stopAll(stops);
}
