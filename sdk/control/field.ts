/** What kind of thing has the focus, and writing into fields so that frameworks notice. */
import { type View, viewOf } from "./tree.ts";

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const NOT_TYPED =
  /^(checkbox|radio|button|submit|reset|image|file|hidden|color|range|date|time|month|week|datetime-local)$/;

export function isInput(element: Element, types?: RegExp): element is HTMLInputElement {
  return element.localName === "input" && (!types || types.test((element as HTMLInputElement).type));
}

export function isSelect(element: Element): element is HTMLSelectElement {
  return element.localName === "select";
}

/** A field that text is typed into. */
export function isTextField(element: Element): element is TextField {
  return element.localName === "textarea" || (isInput(element) && !NOT_TYPED.test(element.type));
}

/** Whether the element is, or is inside, something edited as rich text. */
export function isRichText(element: HTMLElement): boolean {
  return element.isContentEditable || element.ownerDocument.designMode === "on";
}

export function isEditable(element: HTMLElement): boolean {
  return isTextField(element) ? !element.disabled && !element.readOnly : isRichText(element);
}

export function isDisabled(element: Element): boolean {
  return element.matches(":disabled");
}

/** The caret's field offsets, or null where the type has none to tell (number, email). */
export function selectionIn(field: TextField): { start: number; end: number } | null {
  const { selectionStart: start, selectionEnd: end } = field;
  return start === null || end === null ? null : { start, end };
}

/** Select all of a field. `select()` would focus it in Chromium, so it is for fields that have the focus and no offsets. */
export function selectWhole(field: TextField): void {
  if (selectionIn(field)) field.setSelectionRange(0, field.value.length);
  else if ((field.getRootNode() as Document | ShadowRoot).activeElement === field) field.select();
}

export function fireInput(element: HTMLElement, inputType = "", data: string | null = null): void {
  const view = viewOf(element) as View;
  element.dispatchEvent(new view.InputEvent("input", { bubbles: true, composed: true, inputType, data }));
}

export function fireChange(element: HTMLElement): void {
  const view = viewOf(element) as View;
  element.dispatchEvent(new view.Event("change", { bubbles: true }));
}

/** Write a value past setters that a framework has put on the element, so that it sees the difference afterwards. */
export function writeNatively(field: TextField, value: string): void {
  const view = viewOf(field) as View;
  const type = field.localName === "textarea" ? view.HTMLTextAreaElement : view.HTMLInputElement;
  Object.getOwnPropertyDescriptor(type.prototype, "value")?.set?.call(field, value);
}
