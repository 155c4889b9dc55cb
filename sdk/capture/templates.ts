/** What is not on the page and yet in it: contents of templates; and which nodes a script has put into a slot. */
import { Op } from "#protocol/facts";
import type { Context, Root } from "./context.ts";
import type { Stop } from "./natives.ts";
import { patchAll } from "./patches.ts";

export function startTemplates(context: Context): Stop {
  const { numbers, tree } = context;
  const dirty = new Set<HTMLTemplateElement>();
  context.onTold(["template"], (element) => dirty.add(element as HTMLTemplateElement));
  context.onBatch(() => {
    for (const template of dirty) {
      const { content } = template;
      if (!numbers.has(template) || tree.levels.has(template) || tree.rootOf.has(template)) continue;
      context.tellRoot(template, content as unknown as Root);
    }
    dirty.clear();
  });
  return () => dirty.clear();
}

export function startSlots(context: Context): Stop {
  const { facts, numbers } = context;
  const told = new Map<HTMLSlotElement, string>();
  const dirty = new Set<HTMLSlotElement>();

  function isManual(slot: HTMLSlotElement): boolean {
    return (slot.getRootNode() as Partial<ShadowRoot>).slotAssignment === "manual";
  }
  function tell(slot: HTMLSlotElement): void {
    const id = numbers.idOf(slot);
    if (id === undefined || !isManual(slot)) return;
    const ids = slot.assignedNodes().map((node) => numbers.idOf(node));
    if (ids.includes(undefined)) {
      if (!context.isWholeTold) dirty.add(slot);
      return;
    }
    if (`${id} ${ids}` === (told.get(slot) ?? `${id} `)) return;
    told.set(slot, `${id} ${ids}`);
    facts.slots.push(Op.Assigned, id, ids.length, ...(ids as number[]));
  }
  context.onTold(["slot"], (element) => dirty.add(element as HTMLSlotElement));
  context.realms.onRealm((view) =>
    patchAll(view.HTMLSlotElement.prototype, "assign", (slot) => {
      dirty.add(slot as HTMLSlotElement);
      context.soon();
    }),
  );
  context.onBatch(() => {
    const slots = new Set([...dirty, ...told.keys()]);
    dirty.clear();
    for (const slot of slots) {
      if (slot.isConnected) tell(slot);
      else told.delete(slot);
    }
  });
  return () => dirty.clear();
}
