/** Dialogs, popovers. */
import { Op } from "#protocol/facts";
import type { Kinds, Mirror } from "./mirror.ts";

const State = { Closed: 0, Open: 1, Modal: 2, Popover: 3 } as const;

function show(dialog: HTMLDialogElement, state: number): void {
  const popover = dialog.hasAttribute("popover");
  if (popover && state !== State.Popover && dialog.matches(":popover-open")) dialog.hidePopover();
  if (state === State.Popover) {
    if (popover && !dialog.matches(":popover-open")) dialog.showPopover();
    return;
  }
  if (dialog.localName !== "dialog") return;
  if (state === State.Modal && dialog.matches(":modal")) return;
  if (dialog.open || dialog.matches(":modal")) {
    // Only the method undoes that the rest of the page is inert, and only while there is the attribute, which may have gone first.
    dialog.open = true;
    dialog.close();
  }
  if (state === State.Open) dialog.show();
  if (state === State.Modal) dialog.showModal();
}

export function startTopLayer({ nodes, frame, batchEnd }: Mirror): Kinds {
  /** Those in the top layer. Moves that only the stage makes take them out of it. */
  const shown = new Map<HTMLDialogElement, number>();

  function apply(element: HTMLDialogElement, state: number): void {
    const active = frame.ownerDocument.activeElement as HTMLElement | null;
    try {
      show(element, state);
    } catch {
      // Not connected, or no longer a popover: the page will tell.
    }
    // Opening moves the focus into the dialog; the agent keeps theirs.
    if (frame.ownerDocument.activeElement !== active) active?.focus({ preventScroll: true });
  }

  batchEnd.push(() => {
    for (const [element, state] of shown) {
      if (!element.isConnected) shown.delete(element);
      else if (!element.matches(":modal, :popover-open")) apply(element, state);
    }
  });
  return {
    [Op.TopLayer]: (facts) => {
      const element = nodes.element(facts.num()) as HTMLDialogElement;
      const state = facts.num();
      if (state >= State.Modal) shown.set(element, state);
      else shown.delete(element);
      apply(element, state);
    },
  };
}
