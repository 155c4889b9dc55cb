/** Live state of form fields: typed, set by a script, reset. */
import { Op } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import type { Context } from "./context.ts";
import { listen, native, type Stop, stopAll, type View } from "./natives.ts";
import { patchAll } from "./patches.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const TAGS = ["input", "textarea", "select"];
/** Frameworks may hold the setters from before we listened in, and autofill tells nobody. */
const LOOK_AGAIN_MS = 500;
/** No field's state as it is told. */
const UNKNOWN = "\u0000";

export function startInputs(context: Context): Stop {
  const { page, numbers, facts, mask, tree } = context;
  /** What the agent has, by field. */
  const told = new Map<Field, string>();
  const dirty = new Set<Field>();

  function fieldOf(node: unknown): Field | null {
    const element = node as Element | null;
    const field = element?.localName?.startsWith("opt") ? element.closest("select") : element;
    return field && TAGS.includes(field.localName) ? (field as Field) : null;
  }

  function changed(node: unknown): void {
    const field = fieldOf(node);
    if (!field) return;
    dirty.add(field);
    context.soon();
  }

  /**
   * Options came, went or have another mark, an attribute says another value or type: browsers choose anew then, and not always
   * the same. What the agent has is not known any more.
   */
  function insideChanged(node: Node): void {
    const field = fieldOf(node);
    if (field && told.has(field)) told.set(field, `${numbers.idOf(field)} ${UNKNOWN}`);
    changed(field);
  }

  /** A card number or password found in a field masks the whole field. */
  function becameMasked(field: Field): boolean {
    const parent = field.parentNode;
    if (!parent || mask.level(field, tree.opens(parent)) === Level.Open) return false;
    context.changes.retell(field);
    context.soon();
    return true;
  }

  function tell(field: Field): void {
    const id = numbers.idOf(field);
    const level = tree.levelOf(field);
    if (id === undefined || level === Level.Box || level === Level.Hidden) return;
    if (level === Level.Open && becameMasked(field)) return;
    const before = told.get(field);
    if (field.localName === "select") tellChosen(field as HTMLSelectElement, id, before);
    else if (field.type === "checkbox" || field.type === "radio")
      tellChecked(field as HTMLInputElement, id, before, level);
    else tellValue(field as HTMLInputElement, id, before, level);
  }

  function tellChosen(select: HTMLSelectElement, id: number, before: string | undefined): void {
    if (!tree.children.has(select) || tree.partial.has(select)) {
      dirty.add(select); // its options come first
      return;
    }
    const chosen: number[] = [];
    for (let i = 0; i < select.options.length; i++) if (select.options[i]?.selected) chosen.push(i);
    if (before === `${id} ${chosen}`) return;
    told.set(select, `${id} ${chosen}`);
    facts.slots.push(Op.Selected, id, chosen.length, ...chosen);
  }

  function tellChecked(box: HTMLInputElement, id: number, before: string | undefined, level: Level): void {
    if (level !== Level.Open) return;
    const state = box.indeterminate ? 2 : box.checked ? 1 : 0;
    if ((before ?? `${id} 0`) === `${id} ${state}`) return;
    told.set(box, `${id} ${state}`);
    facts.slots.push(Op.Checked, id, state);
  }

  function tellValue(field: HTMLInputElement, id: number, before: string | undefined, level: Level): void {
    const value = mask.value(field, level);
    if (value === null || (before ?? `${id} `) === `${id} ${value}`) return;
    told.set(field, `${id} ${value}`);
    facts.slots.push(Op.Value, id, value);
  }

  function lookAgain(): void {
    for (const field of told.keys()) {
      if (numbers.has(field)) dirty.add(field);
      else told.delete(field);
    }
    if (dirty.size) context.soon();
  }

  context.onTold(TAGS, (element) => {
    const field = element as Field;
    const id = numbers.idOf(field);
    const isSelect = field.localName === "select";
    if (isSelect || !told.get(field)?.startsWith(`${id} `)) told.set(field, `${id} ${blankOf(field)}`);
    dirty.add(field);
  });
  context.dirty.onInside = insideChanged;
  context.realms.onRealm((view) => patchSetters(view, changed));
  context.onRoot((root) => {
    const heard = (event: Event) => changed(event.composedPath()[0]);
    const stops = [listen(root, "input change", heard), listen(root, "focusout", heard)];
    stops.push(listen(root, "reset", (event) => resetAll(event.target as HTMLFormElement)));
    return () => stopAll(stops);
  });
  context.onBatch(() => {
    const fields = [...dirty];
    dirty.clear();
    for (const field of fields) tell(field);
  });
  /** The fields have their old values until the event is over. */
  function resetAll(form: HTMLFormElement): void {
    for (const field of form.elements) changed(field);
  }

  const timer = native(page, "setInterval").call(page, lookAgain, LOOK_AGAIN_MS);
  return () => native(page, "clearInterval").call(page, timer as never);
}

/** The state a field has in the agent's tree before anything is told of it. */
function blankOf(field: Field): string {
  if (field.localName === "select") return UNKNOWN;
  return field.type === "checkbox" || field.type === "radio" ? "0" : "";
}

function patchSetters(view: View, changed: (node: unknown) => void): Stop {
  const stops = [
    patchAll(view.HTMLInputElement.prototype, "value checked indeterminate", changed),
    patchAll(view.HTMLTextAreaElement.prototype, "value", changed),
    patchAll(view.HTMLSelectElement.prototype, "value selectedIndex", changed),
    patchAll(view.HTMLOptionElement.prototype, "selected", changed),
  ];
  return () => stopAll(stops);
}
