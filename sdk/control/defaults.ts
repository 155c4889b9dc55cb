/** What a browser does for a key when the page does not prevent it. */
import type { Modifiers } from "#protocol/messages";
import { moveCaret, selectAll } from "./caret.ts";
import { type Edit, edit } from "./edit.ts";
import { fireChange, fireInput, isDisabled, isEditable, isInput, isRichText, isSelect, isTextField } from "./field.ts";
import type { Focus } from "./focus.ts";
import type { Gate } from "./gate.ts";
import { scrollByKey } from "./scroll.ts";
import { selectOptions } from "./select.ts";
import type { Unit } from "./travel.ts";
import { frameDocument } from "./tree.ts";
import { setValue } from "./value.ts";

export interface Reach {
  page: Window;
  gate: Gate;
  focus: Focus;
}

export interface Press {
  key: string;
  modifiers: Modifiers;
}

/** A key that writes and is not held together with a command key. AltGr, told as Ctrl and Alt, writes. */
export function writes({ key, modifiers: { ctrl, alt, meta } }: Press): boolean {
  return [...key].length === 1 && !meta && !!ctrl === !!alt;
}

export function isButton(element: Element): boolean {
  return element.matches("button,summary,input:is([type=button],[type=submit],[type=reset],[type=image],[type=color])");
}

function clickAllowed(element: HTMLElement, { gate }: Reach): void {
  if (!gate.barred(element) && !isDisabled(element)) element.click();
}

/** Implicit submission (HTML §4.10.21.2): by the form's default button, or without one if there is a single field. */
function submit(field: HTMLInputElement, reach: Reach): void {
  const form = field.form;
  if (!form || reach.gate.barred(form)) return;
  const elements = [...form.elements] as HTMLElement[];
  const button = elements.find((e) => e.matches("button:not([type]),[type=submit],[type=image]"));
  if (button) clickAllowed(button, reach);
  else if (elements.filter((e) => isTextField(e) && e.localName === "input").length <= 1) form.requestSubmit();
}

const CARET_KEYS: Record<string, [Unit, boolean]> = {
  ArrowLeft: ["character", false],
  ArrowRight: ["character", true],
  ArrowUp: ["line", false],
  ArrowDown: ["line", true],
  Home: ["lineboundary", false],
  End: ["lineboundary", true],
};

function caretKey(element: HTMLElement, { key, modifiers }: Press): boolean {
  const move = CARET_KEYS[key];
  if (!move) return false;
  const [unit, isForward] = move;
  const byWord = modifiers.ctrl || modifiers.alt;
  const wide: Unit = unit === "character" ? "word" : unit === "lineboundary" ? "documentboundary" : unit;
  moveCaret(element, byWord ? wide : unit, isForward, !!modifiers.shift);
  return true;
}

function editKey(element: HTMLElement, press: Press): boolean {
  const { key, modifiers } = press;
  const kind = modifiers.ctrl || modifiers.alt ? "Word" : "Content";
  if (writes(press)) return edit(element, "insertText", key);
  if (key === "Backspace") return edit(element, `delete${kind}Backward` satisfies Edit);
  if (key === "Delete") return edit(element, `delete${kind}Forward` satisfies Edit);
  if (key !== "Enter" || element.localName === "input") return false;
  const isLine = modifiers.shift || element.localName === "textarea";
  return edit(element, isLine ? "insertLineBreak" : "insertParagraph");
}

/** Ctrl or Cmd and a letter. The clipboard is the visitor's own and stays out of reach. */
function shortcut(element: HTMLElement, { key, modifiers }: Press): boolean {
  if (!(modifiers.ctrl || modifiers.meta) || modifiers.alt) return false;
  switch (key.toLowerCase()) {
    case "a":
      selectAll(element);
      return true;
    case "z":
      return edit(element, modifiers.shift ? "historyRedo" : "historyUndo");
    case "y":
      return edit(element, "historyRedo");
    default:
      return false;
  }
}

/** Steps of keys that choose or count: how far, or to an end. */
const STEPS: Record<string, number> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

function rangeKey(input: HTMLInputElement, step: number): void {
  const [min, max] = [Number(input.min || 0), Number(input.max || 100)];
  const size = Math.abs(step) === 10 ? (max - min) / 10 : Number(input.step) || 1;
  const to = input.valueAsNumber + Math.sign(step) * size;
  setValue(input, String(Number.isFinite(step) ? Math.min(max, Math.max(min, to)) : step < 0 ? min : max));
}

function numberKey(input: HTMLInputElement, step: number): boolean {
  if (Math.abs(step) !== 1 || input.readOnly || isDisabled(input)) return false;
  const before = input.value;
  if (step > 0) input.stepUp();
  else input.stepDown();
  if (input.value !== before) {
    fireInput(input);
    fireChange(input);
  }
  return true;
}

/** Options go down the list, numbers go up: the sign turns. */
function selectKey(select: HTMLSelectElement, step: number): void {
  const open = [...select.options].filter((option) => !option.matches(":disabled"));
  const at = open.findIndex((option) => option.index === select.selectedIndex);
  const target = Number.isFinite(step) ? at - step : step < 0 ? 0 : open.length - 1;
  const option = open[Math.max(0, Math.min(open.length - 1, target))];
  if (option) selectOptions(select, [option.index]);
}

/** A letter goes to the next option that begins with it. */
function selectLetter(select: HTMLSelectElement, letter: string): void {
  const count = select.options.length;
  for (let step = 1; step <= count; step++) {
    const option = select.options[(select.selectedIndex + step) % count];
    if (option?.label.toLowerCase().startsWith(letter.toLowerCase()) && selectOptions(select, [option.index])) return;
  }
}

function radioKey(radio: HTMLInputElement, step: number, reach: Reach): void {
  const root = radio.getRootNode() as Document | ShadowRoot;
  const group = [...root.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
    (other) =>
      other.name === radio.name && other.form === radio.form && !isDisabled(other) && !reach.gate.barred(other),
  );
  const next = group.at((group.indexOf(radio) - step) % group.length);
  if (next && reach.focus.moveTo(next)) next.click();
}

function pickKey(element: HTMLElement, press: Press, reach: Reach): boolean {
  const step = STEPS[press.key];
  if (isSelect(element) && writes(press) && press.key !== " ") selectLetter(element, press.key);
  else if (step === undefined) return false;
  else if (isSelect(element)) selectKey(element, step);
  else if (isInput(element, /^range$/)) rangeKey(element, step);
  else if (isInput(element, /^number$/)) return numberKey(element, step);
  else if (isInput(element, /^radio$/) && Math.abs(step) === 1) radioKey(element, step, reach);
  else return false;
  return true;
}

function enter(element: HTMLElement, reach: Reach): boolean {
  if (isButton(element) || element.matches("a[href],area[href]")) clickAllowed(element, reach);
  else if (isInput(element)) submit(element, reach);
  else return false;
  return true;
}

/** Escape closes the topmost modal dialog, else the topmost popover. */
function closeTopmost({ page, gate }: Reach): void {
  const last = (selector: string) => [...page.document.querySelectorAll<HTMLElement>(selector)].pop();
  const dialog = last("dialog:modal") as HTMLDialogElement | undefined;
  const target = dialog ?? last("[popover]:not([popover=manual]):popover-open");
  if (!target || gate.barred(target)) return;
  if (!dialog) target.hidePopover();
  else if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
}

function scrollKey(element: HTMLElement, { key, modifiers }: Press): void {
  if (key === "ArrowUp" || key === "ArrowDown") scrollByKey(element, "line", key === "ArrowDown");
  else if (key === "PageUp" || key === "PageDown") scrollByKey(element, "page", key === "PageDown");
  else if (key === "Home" || key === "End") scrollByKey(element, "end", key === "End");
  else if (key === " ") scrollByKey(element, "page", !modifiers.shift);
}

/** Do for the focused element what the key does by default. */
export function doDefault(element: HTMLElement, press: Press, reach: Reach): void {
  const { key, modifiers } = press;
  if (key === "Tab") reach.focus.step(!modifiers.shift, (stop) => !reach.gate.barred(stop));
  else if (key === "Escape") closeTopmost(reach);
  else if (shortcut(element, press) || pickKey(element, press, reach)) return;
  else if (isEditable(element) && (editKey(element, press) || caretKey(element, press))) return;
  else if (key === "Enter" && enter(element, reach)) return;
  else if (key === " " && (isButton(element) || isInput(element))) return;
  else if (!isTextField(element) && !isRichText(element) && !frameDocument(element)) scrollKey(element, press);
}
