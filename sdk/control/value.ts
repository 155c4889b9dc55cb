import { fireChange, fireInput, isDisabled, isInput, writeNatively } from "./field.ts";

/** Types whose value is picked, not typed. */
const PICKED = /^(color|range|date|time|month|week|datetime-local)$/;

/** Set what a picker would set. False when the element has no picker or the value does not fit its type. */
export function setValue(element: HTMLElement, value: string): boolean {
  if (!isInput(element, PICKED) || isDisabled(element) || element.readOnly) return false;
  const before = element.value;
  writeNatively(element, value);
  if (value && !element.value) {
    writeNatively(element, before);
    return false;
  }
  if (element.value !== before) {
    fireInput(element);
    fireChange(element);
  }
  return true;
}
