/** The agent's keyboard: text as text, keys as keys; what the agent's own browser does by a key stays with it. */
import type { Modifiers } from "#protocol/messages";
import type { SenseOptions } from "../ports.ts";
import type { Wishes } from "./wishes.ts";
import { ENGLISH } from "./words.ts";

/** "text": the field takes it; "key": told as a key; "own": none of ours. */
export type Meaning = "text" | "key" | "own" | "escape";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const KEYS = /^(Enter|Tab|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(Up|Down|Left|Right))$/;
const KEYS_WITH_CONTROL = /^(Enter|Backspace|Delete|Home|End|Arrow(Up|Down|Left|Right)|[abiuyz])$/i;

/** Return what a key press means while the agent controls. AltGr comes as Ctrl and Alt, and writes. */
export function meaningOf({ key, ctrlKey, metaKey, altKey }: Pressed): Meaning {
  if (key === "Escape") return "escape";
  const isCharacter = [...key].length === 1;
  if ((ctrlKey || metaKey) && !(ctrlKey && altKey)) return KEYS_WITH_CONTROL.test(key) ? "key" : "own";
  if (isCharacter) return "text";
  return KEYS.test(key) && !altKey ? "key" : "own";
}

/** Return the modifiers that are held, or undefined for none. */
export function modifiersOf(event: MouseEvent | KeyboardEvent): { modifiers?: Modifiers } {
  const { ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
  return ctrl || shift || alt || meta ? { modifiers: { ctrl, shift, alt, meta } } : {};
}

export interface Keys {
  /** Take the keyboard. */
  focus(at?: { x: number; y: number }): void;
  stop(): void;
}

/** A field that nobody sees: it is what lets the browser compose (IME), correct and paste. */
function unseenField(surface: HTMLElement, words: string): HTMLTextAreaElement {
  const field = surface.ownerDocument.createElement("textarea");
  field.setAttribute("aria-label", words);
  field.autocomplete = "off";
  field.autocapitalize = "off";
  field.spellcheck = false;
  field.tabIndex = -1;
  Object.assign(field.style, {
    position: "absolute",
    left: "0",
    top: "0",
    width: "1px",
    height: "1em",
    padding: "0",
    border: "0",
    opacity: "0",
    resize: "none",
    overflow: "hidden",
    pointerEvents: "none",
  });
  surface.append(field);
  return field;
}

export function startKeys(surface: HTMLElement, options: SenseOptions, wishes: Wishes): Keys {
  const field = unseenField(surface, (options.words ?? ENGLISH).keys);
  const ended = new AbortController();
  const { signal } = ended;

  function pressed(event: KeyboardEvent): void {
    // 229 is what some browsers give for the key that begins a composition.
    if (!options.hasControl() || event.isComposing || event.keyCode === 229) return;
    const meaning = meaningOf(event);
    if (meaning === "own") return;
    event.stopPropagation();
    if (meaning === "text") return;
    event.preventDefault();
    if (meaning === "escape") {
      field.blur();
      options.onEscape();
      return;
    }
    wishes.now({ kind: "press_key", key: event.key, code: event.code.slice(0, 32), ...modifiersOf(event) });
  }

  function take(): void {
    const text = field.value;
    field.value = "";
    if (text !== "" && options.hasControl()) wishes.type(text);
  }

  field.addEventListener("keydown", pressed, { signal });
  field.addEventListener("input", (event) => (event as InputEvent).isComposing || take(), { signal });
  field.addEventListener("compositionend", take, { signal });
  field.addEventListener(
    "paste",
    (event) => {
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text !== "" && options.hasControl()) wishes.type(text);
    },
    { signal },
  );

  function focus(at?: { x: number; y: number }): void {
    if (at) {
      // The window of an input method opens at the field.
      const box = surface.getBoundingClientRect();
      field.style.left = `${at.x - box.left}px`;
      field.style.top = `${at.y - box.top}px`;
    }
    field.focus({ preventScroll: true });
  }

  surface.addEventListener("focus", () => options.hasControl() && focus(), { signal });
  return {
    focus,
    stop: () => {
      ended.abort();
      field.remove();
    },
  };
}
