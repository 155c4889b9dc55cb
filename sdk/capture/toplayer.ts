/** Which dialogs and popovers are in the top layer. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop, together } from "./natives.ts";
import { patchAll } from "./patches.ts";

const Shown = { closed: 0, open: 1, modal: 2, popover: 3 } as const;

export function startTopLayer(context: Context): Stop {
  const { numbers, facts, tree } = context;
  const told = new WeakMap<Element, string>();
  const dirty = new Set<Element>();
  const shown = new Set<Element>();

  function changed(node: unknown): void {
    dirty.add(node as Element);
    context.soon();
  }
  function stateOf(element: Element): number {
    if (element.localName === "dialog" && element.hasAttribute("open")) {
      return element.matches(":modal") ? Shown.modal : Shown.open;
    }
    return element.hasAttribute("popover") && element.matches(":popover-open") ? Shown.popover : Shown.closed;
  }
  context.onTold(["dialog"], (element) => dirty.add(element));
  context.realms.onRealm((view) =>
    together(
      patchAll(view.HTMLDialogElement?.prototype, "show showModal close", changed),
      patchAll(view.HTMLElement.prototype, "showPopover hidePopover togglePopover", changed),
    ),
  );
  context.onRoot((root) => {
    const stop = listen(root, "toggle close", (event) => changed(event.target));
    if (root.nodeType === 9) for (const element of root.querySelectorAll("[popover]")) dirty.add(element);
    return stop;
  });
  context.onBatch(() => {
    // A popover is told long before it shows; one that was told anew is shown again.
    const elements = new Set([...dirty, ...shown]);
    dirty.clear();
    for (const element of elements) {
      const id = numbers.idOf(element);
      // The walk has not come so far.
      if (id === undefined && element.isConnected && !context.isWholeTold) dirty.add(element);
      if (id === undefined || tree.levels.has(element)) continue;
      const state = stateOf(element);
      if (state) shown.add(element);
      else shown.delete(element);
      if ((told.get(element) ?? `${id} 0`) === `${id} ${state}`) continue;
      told.set(element, `${id} ${state}`);
      facts.slots.push(Op.TopLayer, id, state);
    }
  });
  return () => undefined;
}
