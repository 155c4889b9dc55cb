/** What agents do besides control: draw, point by laser, travel. A bundle of its own, fetched by the core with the first such wish. */
import { openLayer } from "#ink/layer";
import { boxIn } from "../control/place.ts";
import { elementOf } from "../control/tree.ts";
import type { StartGuide } from "../ports.ts";
import { Marks } from "./marks.ts";
import { createTelling } from "./tell.ts";
import { openUrl, travel } from "./visit.ts";

export const startGuide: StartGuide = (page, { config, mount }) => {
  const view = page as Window & typeof globalThis;
  const colorOf = (color: string) => config.cursorColor ?? color;
  const layer = openLayer({
    view,
    page: () => view.document,
    boxOf: (element) => boxIn(page, element),
    scale: () => 1,
  });
  const marks: Marks = new Marks({
    ttlMs: config.drawingsTtlMs,
    after: (ms, run) => {
      const timer = page.setTimeout(run, ms);
      return () => page.clearTimeout(timer);
    },
    onChange(key, mark) {
      if (mark) layer.put(key, { ...mark, color: colorOf(mark.color) });
      else layer.remove(key);
      telling.soon();
    },
  });
  const telling = createTelling(marks);
  mount(layer.element);
  return {
    tell: telling.start,
    take(agent, wish, node, at) {
      const { id, color, name } = agent;
      if (wish.kind === "travel" || wish.kind === "open_url") {
        return (wish.kind === "travel" ? travel(page, wish) : openUrl(page, wish)) ? null : "not_possible";
      }
      if (wish.kind === "clear_drawings") marks.drop((mark) => mark.agent === id);
      if (wish.kind === "point") layer.laser(id, colorOf(color), name, wish.laser ? at : null);
      if (wish.kind !== "draw") return null;
      const element = node && elementOf(node);
      return element ? marks.draw(agent, element, wish) : "unknown_node";
    },
    keep({ phase, agents }) {
      const present = phase === "ended" ? [] : agents.map(({ id }) => id);
      marks.drop((mark) => !present.includes(mark.agent));
      layer.keepLasers(present);
    },
    stop() {
      marks.drop(() => true);
      layer.stop();
    },
  };
};
