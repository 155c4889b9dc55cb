/** The keyboard map of the replay page. */
import type { Strings } from "./languages/en.ts";

export type Shortcut = "toggle" | "back" | "forth" | "begin" | "end" | "slower" | "faster" | "full" | "help";

export const SHORTCUTS: readonly { keys: string; does: keyof Strings }[] = [
  { keys: "Space K", does: "keyPlay" },
  { keys: "← →", does: "keySteps" },
  { keys: "Home End", does: "keyEnds" },
  { keys: "< >", does: "keySpeed" },
  { keys: "F", does: "fullScreen" },
  { keys: "?", does: "keyHelp" },
];

const BY_KEY: Readonly<Record<string, Shortcut>> = {
  " ": "toggle",
  k: "toggle",
  arrowleft: "back",
  arrowright: "forth",
  home: "begin",
  end: "end",
  "<": "slower",
  ">": "faster",
  f: "full",
  "?": "help",
};

/** What a control does with these keys itself. */
const OWN_KEYS: readonly (readonly [controls: string, keys: RegExp])[] = [
  ["button, a", /^( |enter)$/],
  ["select, textarea, dialog, dialog *", /./],
  // Larger than its window, the picture is scrolled.
  [".view:not(.fits)", /^(arrow|home|end| )/],
];

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Return what a key press asks for where `matches` tells of the focused element; null when it is none of ours. */
export function shortcutOf(event: Pressed, matches: (selector: string) => boolean): Shortcut | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (OWN_KEYS.some(([controls, keys]) => keys.test(key) && matches(controls))) return null;
  return BY_KEY[key] ?? null;
}

/** Listen to the window's keys. */
export function watchKeys(onShortcut: (shortcut: Shortcut) => void): void {
  addEventListener("keydown", (event) => {
    const target = event.target as Element;
    const shortcut = event.defaultPrevented ? null : shortcutOf(event, (one) => target.matches?.(one) ?? false);
    if (shortcut === null) return;
    event.preventDefault();
    onShortcut(shortcut);
  });
}
