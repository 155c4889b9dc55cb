/** What form fields hold. */
import { Op } from "#protocol/facts";
import { type Kinds, type Mirror, readIds } from "./mirror.ts";

export function startInputs({ nodes }: Mirror): Kinds {
  return {
    [Op.Value]: (facts) => {
      const field = nodes.element(facts.num()) as HTMLInputElement | HTMLTextAreaElement;
      const value = facts.text();
      if ((field.localName !== "input" && field.localName !== "textarea") || field.type === "file") return;
      if (field.value !== value) field.value = value;
    },
    [Op.Checked]: (facts) => {
      const field = nodes.element(facts.num()) as HTMLInputElement;
      const state = facts.num();
      field.checked = state === 1;
      field.indeterminate = state === 2;
    },
    [Op.Selected]: (facts) => {
      const select = nodes.element(facts.num()) as HTMLSelectElement;
      const chosen = new Set(readIds(facts));
      if (select.localName !== "select") return;
      if (chosen.size === 0) select.selectedIndex = -1;
      else for (const option of select.options) option.selected = chosen.has(option.index);
    },
  };
}
