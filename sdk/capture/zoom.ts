/** Which part of the layout viewport the visitor sees after pinch zoom. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";

export function startZoom(context: Context): Stop {
  const seen = context.page.visualViewport;
  if (!seen) return () => undefined;
  let told = "1,0,0";
  context.onBatch(() => {
    const scale = Math.round(seen.scale * 1000) / 1000;
    const now = [scale, ...(scale === 1 ? [0, 0] : [Math.round(seen.offsetLeft), Math.round(seen.offsetTop)])];
    if (String(now) === told) return;
    told = String(now);
    context.facts.slots.push(Op.VisualViewport, ...now);
  });
  return listen(seen, "resize scroll", () => context.soon());
}
