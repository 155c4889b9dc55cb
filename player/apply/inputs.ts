/** What form fields hold. */
import { Op } from "#protocol/facts";
import { type Kinds, type Mirror, readIds } from "./mirror.ts";

/** Show the names of the visitor's files, in files without content. */
function choose(field: HTMLInputElement, names: string): void {
  const view = field.ownerDocument.defaultView as (Window & typeof globalThis) | null;
  if (!view) return;
  const files = new view.DataTransfer();
  for (const name of names.split("\n").filter(Boolean)) files.items.add(new view.File([], name));
  field.files = files.files;
}

export function startInputs({ nodes }: Mirror): Kinds {
  return {
    [Op.Value]: (facts) => {
      const field = nodes.element(facts.num()) as HTMLInputElement | HTMLTextAreaElement;
      const value = facts.text();
      if (field.localName !== "input" && field.localName !== "textarea") return;
      if (field.type === "file") {
        choose(field as HTMLInputElement, value);
        return;
      }
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
