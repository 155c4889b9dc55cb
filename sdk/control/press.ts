/** Carries out key presses and typing where the focus is: the events first, then what the page did not prevent. */
import type { PressKey, RefusalCode, TypeText } from "#protocol/messages";
import { doDefault, isButton, type Press, type Reach, writes } from "./defaults.ts";
import { edit } from "./edit.ts";
import { isInput, isRichText } from "./field.ts";
import { keyFacts } from "./keys.ts";
import { type View, viewOf } from "./tree.ts";

/** Longer text goes in at once, as pasted text does, so that the page is not held up. */
const MAX_TYPED_CHARACTERS = 100;

function fireKey(type: string, element: HTMLElement, { key, modifiers }: Press, code: string): boolean {
  const view = viewOf(element) as View;
  const facts = keyFacts(key, code);
  const charCode = type === "keypress" ? (facts.isCharacter ? (key.codePointAt(0) ?? 0) : 13) : 0;
  const keyCode = charCode || facts.keyCode;
  return element.dispatchEvent(
    new view.KeyboardEvent(type, {
      view,
      bubbles: true,
      cancelable: true,
      composed: true,
      key,
      code: facts.code,
      keyCode,
      which: keyCode,
      charCode,
      ctrlKey: !!modifiers.ctrl,
      shiftKey: !!modifiers.shift,
      altKey: !!modifiers.alt,
      metaKey: !!modifiers.meta,
    } as KeyboardEventInit),
  );
}

/** What a key at the element would touch: in rich text, where the caret is. */
export function touchedByKeys(element: HTMLElement): Node {
  const caret = isRichText(element) ? element.ownerDocument.getSelection()?.focusNode : null;
  return caret && element.contains(caret) ? caret : element;
}

function press(press: Press, code: string, reach: Reach): void {
  const { key } = press;
  const element = reach.focus.current();
  const isWanted = fireKey("keydown", element, press, code);
  const isPressed = isWanted && ((!writes(press) && key !== "Enter") || fireKey("keypress", element, press, code));
  const target = reach.focus.current();
  if (isPressed && !reach.gate.barred(touchedByKeys(target))) doDefault(target, press, reach);
  const released = reach.focus.current();
  const isUp = fireKey("keyup", released, press, code);
  // Buttons and boxes answer the release of Space, if it was pressed there too.
  if (key !== " " || !isPressed || !isUp || released !== element || reach.gate.barred(element)) return;
  if (isButton(element) || isInput(element, /^(checkbox|radio)$/)) element.click();
}

export function pressKey({ key, code = "", modifiers = {} }: PressKey, reach: Reach): null {
  press({ key, modifiers }, code, reach);
  return null;
}

/**
 * Offer text as a paste, for editors that take several lines only so. The visitor's clipboard is not touched.
 * True when the page took it.
 */
function paste(element: HTMLElement, text: string): boolean {
  const view = viewOf(element) as View;
  const clipboardData = new view.DataTransfer();
  clipboardData.setData("text/plain", text);
  // Firefox knows only its own two members.
  const init = { bubbles: true, cancelable: true, composed: true, clipboardData, data: text, dataType: "text/plain" };
  return !element.dispatchEvent(new view.ClipboardEvent("paste", init));
}

/** Put text in at once: long text, and all of more than a key in rich text, whose editors follow only after each task. */
function insert(element: HTMLElement, text: string): RefusalCode | null {
  const isTaken = isRichText(element) && text.includes("\n") && paste(element, text);
  return isTaken || edit(element, "insertText", text) ? null : "not_possible";
}

/** Type text; stops where the page moves the focus to something that may not be touched. */
export function typeText({ text }: TypeText, reach: Reach): RefusalCode | null {
  const characters = [...text.replace(/\r\n?/g, "\n")];
  const start = reach.focus.current();
  if (characters.length > (isRichText(start) ? 1 : MAX_TYPED_CHARACTERS)) return insert(start, characters.join(""));
  for (const character of characters) {
    const element = reach.focus.current();
    const code = reach.gate.barred(touchedByKeys(element));
    if (code) return code;
    // A line break in a single-line field is dropped, as when pasting: it must not submit the form.
    if (character === "\n" && element.localName === "input") continue;
    press({ key: character === "\n" ? "Enter" : character, modifiers: {} }, "", reach);
  }
  return null;
}
