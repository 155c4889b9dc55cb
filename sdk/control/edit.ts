/**
 * Edits text where the caret is, as typing does. `execCommand` comes first: it fires input events that pages take for real,
 * keeps undo, obeys maxlength and makes `change` come at blur. Browsers fire no `beforeinput` for it, and editors live by that
 * event, so we do.
 */
import { fireChange, fireInput, isEditable, isTextField, selectionIn, type TextField, writeNatively } from "./field.ts";
import { travel } from "./travel.ts";
import { type View, viewOf } from "./tree.ts";

const COMMANDS = {
  insertText: "insertText",
  insertLineBreak: "insertLineBreak",
  insertParagraph: "insertParagraph",
  deleteContentBackward: "delete",
  deleteContentForward: "forwardDelete",
  deleteWordBackward: "delete",
  deleteWordForward: "forwardDelete",
  historyUndo: "undo",
  historyRedo: "redo",
} as const;

/** `inputType` of Input Events, as far as keys make them. */
export type Edit = keyof typeof COMMANDS;

function selectWord(element: HTMLElement, isForward: boolean): void {
  if (!isTextField(element)) {
    const selection = element.ownerDocument.getSelection();
    if (selection?.isCollapsed) selection.modify("extend", isForward ? "forward" : "backward", "word");
    return;
  }
  const selection = selectionIn(element);
  if (!selection || selection.start !== selection.end) return;
  const other = travel(element.value, selection.start, "word", isForward);
  element.setSelectionRange(Math.min(selection.start, other), Math.max(selection.start, other));
}

function fireBeforeInput(element: HTMLElement, inputType: Edit, data: string | null): boolean {
  const view = viewOf(element) as View;
  const selection = isTextField(element) ? null : element.ownerDocument.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  return element.dispatchEvent(
    new view.InputEvent("beforeinput", {
      bubbles: true,
      cancelable: true,
      composed: true,
      inputType,
      data,
      targetRanges: range ? [new view.StaticRange(range)] : [],
    }),
  );
}

function tellChange(this: HTMLElement): void {
  fireChange(this);
}

/** For browsers and types where the command does nothing. */
function editByHand(field: TextField, inputType: Edit, data: string | null): void {
  const { value } = field;
  let { start, end } = selectionIn(field) ?? { start: value.length, end: value.length };
  if (inputType.startsWith("delete") && start === end) {
    const isForward = inputType.endsWith("Forward");
    const other = travel(value, start, "character", isForward);
    [start, end] = [Math.min(start, other), Math.max(start, other)];
  }
  let text = inputType === "insertLineBreak" ? "\n" : (data ?? "");
  if (field.maxLength >= 0) text = text.slice(0, Math.max(0, field.maxLength - value.length + end - start));
  if (start === end && !text) return;
  writeNatively(field, value.slice(0, start) + text + value.slice(end));
  if (field.selectionStart !== null) field.setSelectionRange(start + text.length, start + text.length);
  fireInput(field, inputType, data);
  // A value written by a script makes no `change` of its own. The same listener again is no second one.
  field.addEventListener("blur", tellChange, { once: true });
}

/** Carry out one edit in the focused element. False when nothing there can be edited. */
export function edit(element: HTMLElement, inputType: Edit, data: string | null = null): boolean {
  if (!isEditable(element)) return false;
  const isHistory = inputType.startsWith("history");
  if (!fireBeforeInput(element, inputType, data)) return true;
  if (inputType.startsWith("deleteWord")) selectWord(element, inputType.endsWith("Forward"));
  const before = isTextField(element) ? element.value : "";
  // The command goes where the focus is, and a frame in the background has none.
  const isFocused = (element.getRootNode() as Document | ShadowRoot).activeElement === element;
  const isDone =
    (isFocused || !isTextField(element)) &&
    element.ownerDocument.execCommand(COMMANDS[inputType], false, data ?? undefined);
  if (!isDone && !isHistory && isTextField(element) && element.value === before) editByHand(element, inputType, data);
  return true;
}
