/** Shadow roots that a script attaches to elements already told; closed ones are known by the call that makes them. */
import type { Context } from "./context.ts";
import type { Stop, View } from "./natives.ts";
import { patch } from "./patches.ts";

export function startShadow(context: Context): Stop {
  const { numbers, tree } = context;
  const hosts = new Set<Element>();

  context.onRoot((root, view: View) => {
    if (root.nodeType !== 9) return () => undefined;
    return patch(view.Element.prototype, "attachShadow", (host, _, shadow) => {
      if ((shadow as ShadowRoot).mode === "closed") {
        tree.closedRoots ??= new WeakMap();
        tree.closedRoots.set(host as Element, shadow as ShadowRoot);
      }
      if (!numbers.has(host as Element)) return;
      hosts.add(host as Element);
      context.soon();
    });
  });
  context.onBatch(() => {
    for (const host of hosts) {
      const root = tree.shadowOf(host);
      if (numbers.has(host) && !tree.levels.has(host) && root && !numbers.has(root)) context.tellRoot(host, root);
    }
    hosts.clear();
  });
  return () => hosts.clear();
}
