/** The visitor's focus, shown by attributes (see stage/css.ts): real focus would take the agent's away. */
import { Op } from "#protocol/facts";
import { MARK } from "../stage/css.ts";
import { chainOf, markOnly } from "./hover.ts";
import type { Kinds, Mirror } from "./mirror.ts";

export function startFocus({ nodes, frame }: Mirror): Kinds {
  let focused: Element | null = null;
  let within = new Set<Element>();
  return {
    [Op.Focus]: (facts) => {
      const id = facts.num();
      const visible = facts.num() === 1;
      focused?.removeAttribute(MARK.focus);
      focused = id < 0 ? null : nodes.element(id);
      focused?.setAttribute(MARK.focus, visible ? "visible" : "");
      const chain = chainOf(focused);
      for (let outer: Element | null = frame; outer; outer = outer.parentElement) chain.delete(outer);
      within = markOnly(chain, within, MARK.within);
    },
    [Op.FieldSelection]: (facts) => {
      const field = nodes.element(facts.num()) as HTMLInputElement;
      const [start, end] = [facts.num(), facts.num()];
      try {
        field.setSelectionRange?.(start, end);
      } catch {
        // Number, date and other fields have no selection.
      }
    },
  };
}
