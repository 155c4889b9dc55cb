/** Stands for as long as agents read the page's console: says who, and takes it back (SPEC C2). */
import type { SessionState } from "#protocol/messages";
import { make, makeButton } from "./build.ts";
import { listOf, type Words } from "./strings.ts";

export interface ConsolePill {
  readonly element: HTMLElement;
  /** null: the session is not live. */
  update(state: SessionState | null): void;
}

export function makeConsolePill(document: Document, words: Words, close: () => void): ConsolePill {
  const { strings } = words;
  const element = make(document, "div", "pill console");
  element.setAttribute("role", "group");
  element.hidden = true;
  const who = make(document, "span", "who");
  who.dir = "auto";
  const shut = makeButton(document, "end", strings.closeConsole, () => {
    element.hidden = true; // At once, whenever the server hears of it.
    close();
  });
  element.append(who, make(document, "span", "rule"), shut);
  return {
    element,
    update(state) {
      const readers = (state?.agents ?? []).filter(({ reads_console }) => reads_console);
      element.hidden = readers.length === 0;
      if (element.hidden) return;
      const names = new Set(readers.map(({ name }) => name || strings.someone));
      const sentence = strings.consoleRead.replace("{who}", () => listOf([...names], words));
      if (who.textContent !== sentence) who.textContent = sentence;
      element.setAttribute("aria-label", sentence);
    },
  };
}
