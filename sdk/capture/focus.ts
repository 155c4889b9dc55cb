/** Where the focus is, into shadow roots and frames; and what is selected there. */
import { Op } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";

type TextField = HTMLInputElement | HTMLTextAreaElement;

export function startFocus(context: Context): Stop {
  const { page, facts, numbers, tree } = context;
  let told = "";
  let toldSelection = "";
  let asked = "";
  let toldField = "";

  /** The focused element, as deep as we may look. */
  function deepest(): Element | null {
    let found = page.document.activeElement;
    for (;;) {
      const inner: Element | null | undefined =
        found && (tree.shadowOf(found)?.activeElement ?? innerDocument(found)?.activeElement);
      if (!inner) return found;
      found = inner;
    }
  }
  function innerDocument(element: Element): Document | null {
    const root = tree.rootOf.get(element);
    return root?.nodeType === 9 ? (root as Document) : null;
  }
  function tellFocus(focused: Element | null): void {
    const isBody = !focused || focused.localName === "body" || focused.localName === "html";
    const id = isBody ? -1 : (numbers.idOf(focused) ?? -1);
    const ring = id >= 0 && focused?.matches(":focus-visible") ? 1 : 0;
    if (`${id} ${ring}` === told || (told === "" && id < 0)) return;
    told = `${id} ${ring}`;
    facts.slots.push(Op.Focus, id, ring);
  }
  function tellField(focused: Element | null): void {
    const id = focused ? numbers.idOf(focused) : undefined;
    if (id === undefined || (focused?.localName !== "input" && focused?.localName !== "textarea")) return;
    // Checkboxes and the like have no caret, and say so with null.
    const { selectionStart, selectionEnd } = focused as TextField;
    if (selectionStart === null || selectionEnd === null || tree.levelOf(focused) === Level.Box) return;
    const now = `${id} ${selectionStart} ${selectionEnd}`;
    if (now === toldField) return;
    toldField = now;
    facts.slots.push(Op.FieldSelection, id, selectionStart, selectionEnd);
  }
  function tellSelection(focused: Element | null): void {
    const document = focused?.ownerDocument ?? page.document;
    const selection = document.getSelection();
    const anchor = selection?.anchorNode && numbers.idOf(selection.anchorNode);
    const focus = selection?.focusNode && numbers.idOf(selection.focusNode);
    let ends: number[] = [-1, 0, -1, 0];
    if (selection && anchor != null && focus != null) {
      const here = [anchor, selection.anchorOffset, focus, selection.focusOffset];
      const now = `${here} ${(focused as HTMLElement | null)?.contentEditable}`;
      // Whether a caret shows is asked once: the browser works its styles out for it.
      if (now === asked) return;
      asked = now;
      if (!selection.isCollapsed || (focused as HTMLElement | null)?.isContentEditable) ends = here;
    } else {
      asked = "";
    }
    if (String(ends) === toldSelection || (toldSelection === "" && ends[0] === -1)) return;
    toldSelection = String(ends);
    facts.slots.push(Op.Selection, ...ends);
  }
  const changed = () => context.soon();
  context.onRoot((root) => listen(root, "focusin focusout selectionchange select", changed));
  context.onBatch(() => {
    const focused = deepest();
    tellFocus(focused);
    tellField(focused);
    tellSelection(focused);
  });
  return () => undefined;
}
