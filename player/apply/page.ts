/** The page's address, title and size, and what media queries are answered by. */
import { Op } from "#protocol/facts";
import type { Kinds, Mirror } from "./mirror.ts";

export function startPage({ frame, options }: Mirror): Kinds {
  const page = { url: "", title: "", width: 0, height: 0 };
  const tell = () => options.onPage?.({ ...page });
  return {
    [Op.Page]: (facts) => {
      page.url = facts.text();
      page.title = facts.text();
      tell();
    },
    [Op.Viewport]: (facts) => {
      page.width = facts.num();
      page.height = facts.num();
      const [, dark] = [facts.num(), facts.num(), facts.num(), facts.num()];
      frame.style.width = `${page.width}px`;
      frame.style.height = `${page.height}px`;
      // A frame's document answers prefers-color-scheme by the colour scheme of its frame.
      frame.style.colorScheme = dark === 1 ? "dark" : "light";
      tell();
    },
    [Op.Cost]: (facts) => {
      const cost = { percent: facts.num(), interval_ms: facts.num() };
      options.onCost?.(cost.percent > 0 ? cost : null);
    },
    [Op.VisualViewport]: (facts) => {
      const [scale, x, y] = [facts.num(), facts.num(), facts.num()];
      const part = { x, y, width: page.width / scale, height: page.height / scale };
      options.onVisiblePart?.(scale > 1 ? part : null);
    },
  };
}
