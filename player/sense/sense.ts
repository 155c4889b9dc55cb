/** Turns the agent's pointer and keys over the stage into wishes; see ports.ts. */
import type { StartSense } from "../ports.ts";
import { openChoices } from "./choices.ts";
import { startKeys } from "./keys.ts";
import { isPicked, openPicker } from "./picker.ts";
import { boxInWindow, numbered, type Spot } from "./place.ts";
import { startPointer } from "./pointer.ts";
import { startWishes } from "./wishes.ts";
import { ENGLISH } from "./words.ts";

export const startSense: StartSense = (surface, options) => {
  const { player } = options;
  const wishes = startWishes(options.onWish, window);
  const keys = startKeys(surface, options, wishes);
  let closePopup: () => void = () => undefined;

  const words = options.words ?? ENGLISH;
  const closed = () => {
    if (options.hasControl()) keys.focus();
  };

  function chooseFrom(select: HTMLSelectElement, option: HTMLOptionElement | null): boolean {
    const node = player.idOf(select);
    if (node === undefined || select.disabled) return false;
    const choose = (indexes: number[]) => wishes.now({ kind: "select_options", node, indexes });
    if (select.multiple || select.size > 1) {
      if (!option || option.disabled) return false;
      const others = select.multiple ? [...select.selectedOptions].map(({ index }) => index) : [];
      choose(
        others.includes(option.index) ? others.filter((index) => index !== option.index) : [...others, option.index],
      );
      return true;
    }
    wishes.now({ kind: "focus", node });
    closePopup = openChoices(
      surface,
      select,
      boxInWindow(player.frame, select),
      words,
      (index) => choose([index]),
      closed,
    );
    return true;
  }

  function pick(input: HTMLInputElement): boolean {
    const node = player.idOf(input);
    if (node === undefined || input.disabled || input.readOnly) return false;
    wishes.now({ kind: "focus", node });
    const picked = (value: string) => wishes.now({ kind: "set_value", node, value });
    closePopup = openPicker(surface, input, boxInWindow(player.frame, input), words, picked, closed);
    return true;
  }

  function onChoice({ element }: Spot): boolean {
    const found = numbered(element, player.idOf)?.element;
    const select = found?.closest("select");
    if (select) return chooseFrom(select, found?.closest("option") ?? null);
    return found ? isPicked(found) && pick(found) : false;
  }

  const stopPointer = startPointer(surface, options, wishes, { onPressed: keys.focus, onChoice });
  return () => {
    closePopup();
    stopPointer();
    keys.stop();
    wishes.stop();
  };
};
