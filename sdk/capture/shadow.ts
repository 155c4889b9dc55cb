/**
 * Shadow roots that a script attaches to elements already told; closed ones are known by the call that makes them. And slots that
 * come to show something within what is masked (SPEC M3).
 */
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";
import { patch } from "./patches.ts";

const NAME = "attachShadow";

export function startShadow(context: Context): Stop {
  const { numbers, tree, realms } = context;
  const hosts = new Set<Element>();
  tree.closedRoots = context.options.closedRoots ?? null;

  function listenIn(prototype: object | undefined): Stop {
    return patch(prototype, NAME, (host, _, shadow) => {
      if ((shadow as ShadowRoot).mode === "closed") {
        tree.closedRoots ??= new WeakMap();
        tree.closedRoots.set(host as Element, shadow as ShadowRoot);
      }
      if (!numbers.has(host as Element)) return;
      hosts.add(host as Element);
      // Its children were told before they came to show in what may be a masked part: looked at before anything of them is told.
      context.dirty.hosts.add(host as Element);
      context.soon();
    });
  }
  realms.onRealm((view) => listenIn(view.Element.prototype));
  realms.onStranger((element) => {
    let prototype: object | null = element;
    while (prototype && !Object.hasOwn(prototype, NAME)) prototype = Object.getPrototypeOf(prototype);
    return listenIn(prototype ?? undefined);
  });
  context.onRoot((root) => {
    if (root.nodeType !== 11) return () => undefined;
    return listen(root, "slotchange", ({ target }) => {
      if (!context.mask.hidesSlot(target as Element)) return;
      context.dirty.hosts.add((root as ShadowRoot).host);
      context.soon();
    });
  });
  context.onBatch(() => {
    for (const host of hosts) {
      const root = tree.shadowOf(host);
      if (numbers.has(host) && !tree.levels.has(host) && root && !numbers.has(root)) {
        context.tellRoot(host, root);
      }
    }
    hosts.clear();
  });
  return () => hosts.clear();
}
