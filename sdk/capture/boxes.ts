/** Sizes of masked blocks, as they change. */
import type { Context } from "./context.ts";
import { native, type Stop } from "./natives.ts";

export function startBoxes(context: Context): Stop {
  const resized = new Set<Element>();
  const observer = new (native(context.page, "ResizeObserver"))((entries) => {
    for (const { target } of entries) resized.add(target);
    context.soon();
  });
  /** The first report is of the size that was told. */
  const fresh = new WeakSet<Element>();
  context.onBox((element) => {
    if (fresh.has(element)) return;
    fresh.add(element);
    observer.observe(element);
  });
  context.onBatch(() => {
    for (const element of resized) {
      if (context.numbers.has(element)) context.changes.tellSize(element);
      else observer.unobserve(element);
    }
    resized.clear();
  });
  return () => observer.disconnect();
}
