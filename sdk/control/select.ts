import { fireChange, fireInput, isDisabled, isSelect } from "./field.ts";

/** Choose the options of a `<select>` and tell the page as a choice by hand does. False when they cannot be chosen. */
export function selectOptions(element: HTMLElement, indexes: readonly number[]): boolean {
  if (!isSelect(element) || isDisabled(element)) return false;
  const options = [...element.options];
  const isOpen = (index: number) => !!options[index] && !options[index].matches(":disabled");
  if (!indexes.every(isOpen) || (!element.multiple && indexes.length !== 1)) return false;
  const before = options.map((option) => option.selected);
  options.forEach((option, index) => {
    option.selected = indexes.includes(index);
  });
  if (options.some((option, index) => option.selected !== before[index])) {
    fireInput(element);
    fireChange(element);
  }
  return true;
}
