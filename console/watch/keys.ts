import type { Tool } from "#player/ports";
import type { Strings } from "./languages/en.ts";
import type { Dock } from "./state.ts";

/** The keyboard map of the watch page. While the agent controls, keys over the picture go to the visitor instead. */

export type Shortcut =
  | "control"
  | Tool
  | "clear"
  | "fit"
  | "larger"
  | "smaller"
  | "full_screen"
  | "tab_before"
  | "tab_after"
  | Dock
  | "help"
  | "end"
  | "escape";

export const SHORTCUTS: readonly { keys: string; does: keyof Strings }[] = [
  { keys: "C", does: "keyControl" },
  { keys: "V", does: "lookLong" },
  { keys: "L", does: "laser" },
  { keys: "D", does: "draw" },
  { keys: "A", does: "keyArrow" },
  { keys: "R", does: "keyRectangle" },
  { keys: "H", does: "highlightLong" },
  { keys: "X", does: "clearLong" },
  { keys: "F", does: "keyFit" },
  { keys: "+ -", does: "keyZoom" },
  { keys: "Space", does: "keyPan" },
  { keys: "W", does: "fullScreen" },
  { keys: "[ ]", does: "keyTabs" },
  { keys: "O", does: "keyConsole" },
  { keys: "N", does: "keyNotes" },
  { keys: "Esc", does: "keyEscape" },
  { keys: "Ctrl Shift E", does: "keyEnd" },
  { keys: "?", does: "keyHelp" },
];

const BY_KEY: Readonly<Record<string, Shortcut>> = {
  c: "control",
  v: "look",
  l: "laser",
  d: "line",
  a: "arrow",
  r: "rectangle",
  h: "outline",
  x: "clear",
  f: "fit",
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  w: "full_screen",
  "[": "tab_before",
  "]": "tab_after",
  o: "console",
  n: "notes",
  "?": "help",
  escape: "escape",
};

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Return what a key press asks for, null when it is none of ours. */
export function shortcutOf(event: Pressed): Shortcut | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey && event.shiftKey && key === "e") return "end";
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return BY_KEY[key] ?? null;
}

export interface KeysOptions {
  /** Whether keys now belong to the visitor's page. */
  belongToVisitor(): boolean;
  onShortcut(shortcut: Shortcut): void;
}

/** Listen to the window's keys. Returns the way to stop. */
export function watchKeys(options: KeysOptions): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || (event.target as Element).matches?.("input:not([type=checkbox]), textarea")) return;
    const shortcut = shortcutOf(event);
    if (shortcut === null || (shortcut !== "end" && options.belongToVisitor())) return;
    if (shortcut !== "escape") event.preventDefault();
    options.onShortcut(shortcut);
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
