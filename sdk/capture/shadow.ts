/** Shadow roots that a script attaches to elements already told; closed ones are known by the call that makes them. */
import type { Context } from "./context.ts";
import type { Stop, View } from "./natives.ts";
import { patch } from "./patches.ts";

export function startShadow(context: Context): Stop {
  const { numbers, tree } = context;
  const hosts = new Set<Element>();
  let isStopped = false;
  tree.closedRoots = context.options.closedRoots ?? null;

  context.onRoot((root, view: View) => {
    if (root.nodeType !== 9) return () => undefined;
    const undo = patch(view.Element.prototype, "attachShadow", (host, _, shadow) => {
      if (isStopped) return;
      if ((shadow as ShadowRoot).mode === "closed") {
        tree.closedRoots ??= new WeakMap();
        tree.closedRoots.set(host as Element, shadow as ShadowRoot);
      }
      if (!numbers.has(host as Element)) return;
      hosts.add(host as Element);
      context.soon();
    });
    // Elements that were made in a frame and left it go on with its functions when the frame has gone.
    return () => {
      if ((root as Document).defaultView?.document === root) undo();
    };
  });
  context.onBatch(() => {
    for (const host of hosts) {
      const root = tree.shadowOf(host);
      if (numbers.has(host) && !tree.levels.has(host) && root && !numbers.has(root)) context.tellRoot(host, root);
    }
    hosts.clear();
  });
  return () => {
    isStopped = true;
    hosts.clear();
  };
}
