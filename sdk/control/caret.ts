/** Puts the caret where a pointer or an arrow key would, and selects words and lines. */
import { isEditable, isTextField, selectionIn, selectWhole, type TextField } from "./field.ts";
import type { Place } from "./place.ts";
import { travel, type Unit, wordAround } from "./travel.ts";
import { rootsAround } from "./tree.ts";

type CaretDocument = Document & {
  caretPositionFromPoint?(x: number, y: number, options?: { shadowRoots: ShadowRoot[] }): CaretPosition | null;
};

function caretAt({ element, x: pointerX, y }: Place): { node: Node; offset: number } | null {
  const document = element.ownerDocument as CaretDocument;
  // On a field's border browsers answer with its start, whichever border it is.
  const { left, right } = element.getBoundingClientRect();
  const x = isTextField(element) ? Math.min(Math.max(pointerX, left + 3), right - 3) : pointerX;
  const shadowRoots = [...rootsAround(element).values()];
  const position = document.caretPositionFromPoint?.(x, y, { shadowRoots });
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function placeInField(field: TextField, at: number, count: number, extend: boolean): void {
  const selection = selectionIn(field);
  if (!selection) return;
  if (count >= 3) selectWhole(field);
  else if (count === 2) field.setSelectionRange(...wordAround(field.value, at));
  else if (extend) {
    const anchor = field.selectionDirection === "backward" ? selection.end : selection.start;
    field.setSelectionRange(Math.min(anchor, at), Math.max(anchor, at), at < anchor ? "backward" : "forward");
  } else field.setSelectionRange(at, at);
}

/** Set the caret as a press of the pointer does: once places it, twice selects the word, three times the line. */
export function placeCaret(place: Place, count: number, extend: boolean): void {
  const { element } = place;
  const caret = caretAt(place);
  if (isTextField(element)) {
    placeInField(element, caret?.node === element ? caret.offset : element.value.length, count, extend);
    return;
  }
  const selection = element.ownerDocument.getSelection();
  if (!selection || !caret || (count < 2 && !extend && !isEditable(element))) return;
  if (extend && selection.rangeCount) {
    selection.extend(caret.node, caret.offset);
    return;
  }
  selection.collapse(caret.node, caret.offset);
  if (count < 2) return;
  const unit = count === 2 ? "word" : "lineboundary";
  selection.modify("move", "forward", "character");
  selection.modify("move", "backward", unit);
  selection.modify("extend", "forward", unit);
}

/** Move the caret by keys; with `extend` the selection grows. */
export function moveCaret(element: HTMLElement, unit: Unit, isForward: boolean, extend: boolean): void {
  const direction = isForward ? "forward" : "backward";
  const selection = isTextField(element) ? selectionIn(element) : null;
  if (isTextField(element) && !selection) return;
  const page = element.ownerDocument.getSelection();
  if (!isTextField(element) || !selection) {
    page?.modify(extend ? "extend" : "move", direction, unit);
    return;
  }
  const field = element;
  const isBackward = field.selectionDirection === "backward";
  const [anchor, head] = isBackward ? [selection.end, selection.start] : [selection.start, selection.end];
  if (unit === "line" && field.localName === "textarea") {
    // Only the browser knows where lines wrap; Firefox does not let `modify` into fields.
    page?.modify(extend ? "extend" : "move", direction, unit);
    if (field.selectionStart !== selection.start || field.selectionEnd !== selection.end) return;
  }
  const isCollapsing = !extend && unit === "character" && selection.start !== selection.end;
  const to = isCollapsing
    ? selection[isForward ? "end" : "start"]
    : travel(field.value, head, unit === "line" && field.localName === "input" ? "documentboundary" : unit, isForward);
  if (extend) field.setSelectionRange(Math.min(anchor, to), Math.max(anchor, to), to < anchor ? "backward" : "forward");
  else field.setSelectionRange(to, to);
}

export function selectAll(element: HTMLElement): void {
  if (isTextField(element)) selectWhole(element);
  else element.ownerDocument.execCommand("selectAll");
}
