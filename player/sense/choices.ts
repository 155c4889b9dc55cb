/** A select's options as a listbox of our own: the browser shows its list outside of the page, where no mirror sees it. */
import type { SenseWords } from "../ports.ts";
import type { Box } from "./place.ts";
import { openPopup } from "./popup.ts";

interface Item {
  option: HTMLOptionElement;
  element: HTMLElement;
}

/** Return the place of the next item that can be chosen, going by `step`; the same one if there is none. */
export function nextOpen(isOpen: readonly boolean[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < isOpen.length; at += step) if (isOpen[at]) return at;
  return from;
}

/** Return the place of the next item whose text begins as typed, or -1. */
export function nextBeginning(texts: readonly string[], typed: string, from: number): number {
  const start = typed.toLowerCase();
  const order = texts.map((_, index) => (from + index) % texts.length);
  return order.find((index) => texts[index]?.trim().toLowerCase().startsWith(start)) ?? -1;
}

function isDisabled(option: HTMLOptionElement): boolean {
  return option.disabled || (option.parentElement as HTMLOptGroupElement | null)?.disabled === true;
}

function drawList(list: HTMLElement, select: HTMLSelectElement): Item[] {
  const items: Item[] = [];
  let group: Element | null = null;
  for (const option of select.options) {
    const parent = option.parentElement;
    if (parent?.localName === "optgroup" && parent !== group) {
      const label = list.ownerDocument.createElement("div");
      label.setAttribute("role", "presentation");
      label.textContent = (parent as HTMLOptGroupElement).label;
      list.append(label);
    }
    group = parent;
    const element = list.ownerDocument.createElement("div");
    element.id = `option-${option.index}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", String(option.selected));
    if (isDisabled(option)) element.setAttribute("aria-disabled", "true");
    element.textContent = option.label || "\u00a0";
    list.append(element);
    items.push({ option, element });
  }
  return items;
}

/** Open the list of a select. `onChosen` gets the option's index; returns the way to close. */
export function openChoices(
  surface: HTMLElement,
  select: HTMLSelectElement,
  box: Box,
  words: SenseWords,
  onChosen: (index: number) => void,
  onClosed: () => void,
): () => void {
  const { root, close } = openPopup(surface, box, onClosed);
  const list = surface.ownerDocument.createElement("div");
  list.setAttribute("role", "listbox");
  list.setAttribute(
    "aria-label",
    select.labels?.[0]?.textContent?.trim() || select.getAttribute("aria-label") || words.options,
  );
  list.tabIndex = 0;
  const items = drawList(list, select);
  const isOpen = items.map(({ option }) => !isDisabled(option));
  let active = -1;

  function activate(index: number): void {
    items[active]?.element.classList.remove("active");
    active = index;
    const element = items[active]?.element;
    element?.classList.add("active");
    element?.scrollIntoView({ block: "nearest" });
    if (element) list.setAttribute("aria-activedescendant", element.id);
  }

  function choose(index: number): void {
    if (!isOpen[index]) return;
    close();
    onChosen(index);
  }

  list.addEventListener("keydown", (event) => {
    const { key } = event;
    const edge: Record<string, number> = { Home: nextOpen(isOpen, -1, 1), End: nextOpen(isOpen, isOpen.length, -1) };
    if (key === "ArrowDown" || key === "ArrowUp") activate(nextOpen(isOpen, active, key === "ArrowDown" ? 1 : -1));
    else if (edge[key] !== undefined) activate(edge[key]);
    else if (key === "Enter" || key === " ") choose(active);
    else if (key === "Tab") close();
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const found = nextBeginning(
        items.map(({ option }) => option.label),
        key,
        active + 1,
      );
      if (found >= 0) activate(found);
    } else return;
    event.preventDefault();
  });
  items.forEach(({ element }, index) => {
    element.addEventListener("pointermove", () => isOpen[index] && active !== index && activate(index));
    element.addEventListener("click", () => choose(index));
  });
  root.append(list);
  list.focus({ preventScroll: true });
  activate(select.selectedIndex);
  return close;
}
