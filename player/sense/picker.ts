/** Inputs whose picker the browser shows outside of the page: the agent gets one of their own. */
import type { SenseWords } from "../ports.ts";
import type { Box } from "./place.ts";
import { openPopup } from "./popup.ts";

const PICKED = /^(date|time|datetime-local|month|week|color|range)$/;

/** Whether a value of the element is picked rather than typed. */
export function isPicked(element: Element): element is HTMLInputElement {
  return element.localName === "input" && PICKED.test((element as HTMLInputElement).type);
}

/** Open a picker with the input's value and bounds. Returns the way to close. */
export function openPicker(
  surface: HTMLElement,
  input: HTMLInputElement,
  box: Box,
  words: SenseWords,
  onPicked: (value: string) => void,
  onClosed: () => void,
): () => void {
  const { root, close } = openPopup(surface, box, onClosed);
  const form = surface.ownerDocument.createElement("form");
  const field = surface.ownerDocument.createElement("input");
  const button = surface.ownerDocument.createElement("button");
  field.type = input.type;
  for (const name of ["min", "max", "step"]) {
    const value = input.getAttribute(name);
    if (value !== null) field.setAttribute(name, value);
  }
  field.value = input.value;
  field.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() || words.value);
  button.textContent = words.set;
  form.noValidate = true;
  form.append(field, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value } = field;
    close();
    onPicked(value);
  });
  root.append(form);
  field.focus({ preventScroll: true });
  return close;
}
