/** Keys that are pressed on a list which does not answer what is typed yet: kept, and pressed on the one that does. */
import type { ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const MOVES: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Enter"]);

export interface HeldKeys {
  /** Whether the list that is shown answers what is typed. */
  answers: ReadonlySignal<boolean>;
  /** What is in it may be another list each time. */
  list: RefObject<HTMLElement | null>;
  field: RefObject<HTMLElement | null>;
  /** Ask now, instead of waiting for the next letter. */
  hurry: () => void;
}

/** The arrow down leads from the search into the list; gives the way to forget keys, for who types on. */
export function useHeldKeys({ answers, list, field, hurry }: HeldKeys): () => void {
  const held = useRef<KeyboardEvent[]>([]);
  const press = () => {
    const grid = list.current?.querySelector<HTMLElement>("[role=grid]");
    const keys = held.current.splice(0);
    if (keys.length === 0 || !grid) return;
    grid.focus();
    for (const key of keys) grid.dispatchEvent(new KeyboardEvent(key.type, key));
  };
  const onKey = useRef((_: KeyboardEvent) => undefined as undefined);
  onKey.current = (event) => {
    const isInList = (event.target as HTMLElement).role === "grid";
    const leads = isInList || event.key === "ArrowDown" || held.current.length > 0;
    if (!leads || !MOVES.has(event.key) || event.altKey || event.ctrlKey || event.metaKey) return undefined;
    if (isInList && answers.value) return undefined;
    event.preventDefault();
    event.stopPropagation();
    held.current.push(event);
    if (answers.value) press();
    else hurry();
    return undefined;
  };
  // Before the grid's own handler.
  useEffect(() => {
    const heard = (event: KeyboardEvent) => onKey.current(event);
    const parts = [field.current, list.current];
    for (const part of parts) part?.addEventListener("keydown", heard, true);
    return () => {
      for (const part of parts) part?.removeEventListener("keydown", heard, true);
    };
  }, [field, list]);
  // Once its rows are in the document.
  useLayoutEffect(() => {
    if (answers.value) press();
  }, [answers.value]);
  return () => {
    held.current = [];
  };
}
