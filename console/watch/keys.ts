import type { Tool } from "#player/ports";

/** The keyboard map of the watch page. While the agent controls, keys over the picture go to the visitor instead. */

export type Shortcut = "control" | Tool | "clear" | "fit" | "larger" | "smaller" | "help" | "end" | "escape";

export const SHORTCUTS: readonly { keys: string; does: string }[] = [
  { keys: "C", does: "Take or release control" },
  { keys: "V", does: "Look and point" },
  { keys: "L", does: "Laser pointer" },
  { keys: "D", does: "Draw" },
  { keys: "A", does: "Draw an arrow" },
  { keys: "R", does: "Draw a rectangle" },
  { keys: "H", does: "Highlight an element" },
  { keys: "X", does: "Clear your drawings" },
  { keys: "F", does: "Fit to the window, or 100\u00a0%" },
  { keys: "+ -", does: "Larger, smaller" },
  { keys: "Esc", does: "Stop controlling; never ends the session" },
  { keys: "Ctrl Shift E", does: "End the session" },
  { keys: "?", does: "This list" },
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
    if (event.defaultPrevented || (event.target as Element).matches?.("input, textarea")) return;
    const shortcut = shortcutOf(event);
    if (shortcut === null || (shortcut !== "end" && options.belongToVisitor())) return;
    if (shortcut !== "escape") event.preventDefault();
    options.onShortcut(shortcut);
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
