/** Which element Tab goes to next (HTML §6.6.3), across open shadow roots, the closed ones around the focus, and frames. */
import { isInput } from "./field.ts";
import { frameDocument, rootsAround } from "./tree.ts";

const NATIVE =
  "a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],iframe";

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
}

/** Whether clicking or scripts can focus the element. */
export function isFocusable(element: HTMLElement): boolean {
  if (element.matches(":disabled") || !isShown(element)) return false;
  return element.matches(`${NATIVE},[tabindex]`) || isRichTextHost(element) || !!element.shadowRoot?.delegatesFocus;
}

function isRichTextHost(element: HTMLElement): boolean {
  return element.isContentEditable && !element.parentElement?.isContentEditable;
}

/** Chromium says -1 for rich text, which Tab reaches all the same. */
function indexOf(element: HTMLElement): number {
  return isRichTextHost(element) && !element.hasAttribute("tabindex") ? 0 : element.tabIndex;
}

/** Of a group of radio buttons Tab stops at the chosen one only. */
function isSkippedRadio(element: HTMLElement): boolean {
  if (!isInput(element, /^radio$/) || element.checked || !element.name) return false;
  const root = element.getRootNode() as Document | ShadowRoot;
  const group = root.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(element.name)}"]`);
  return [...group].some((other) => other.checked && other.form === element.form);
}

function isStop(element: HTMLElement): boolean {
  return indexOf(element) >= 0 && isFocusable(element) && !element.shadowRoot?.delegatesFocus;
}

/** All stops of Tab in order. */
export function tabStops(page: Window, focused: Element): HTMLElement[] {
  const closed = rootsAround(focused);

  function within(children: Iterable<Element>): { index: number; stops: HTMLElement[] }[] {
    const groups: { index: number; stops: HTMLElement[] }[] = [];
    for (const child of children as Iterable<HTMLElement>) {
      const frame = frameDocument(child);
      if (frame) {
        if (isShown(child)) groups.push({ index: child.tabIndex, stops: scope([frame.documentElement]) });
        continue;
      }
      if (isStop(child) && !isSkippedRadio(child)) groups.push({ index: indexOf(child), stops: [child] });
      const root = closed.get(child) ?? child.shadowRoot;
      if (root) groups.push({ index: Math.max(0, child.tabIndex), stops: scope(root.children) });
      else if (child.localName === "slot") groups.push(...within(slotted(child as HTMLSlotElement)));
      else groups.push(...within(child.children));
    }
    return groups;
  }

  function scope(children: Iterable<Element>): HTMLElement[] {
    const groups = within(children);
    const first = groups.filter((group) => group.index > 0).sort((a, b) => a.index - b.index);
    return [...first, ...groups.filter((group) => group.index === 0)].flatMap((group) => group.stops);
  }

  function slotted(slot: HTMLSlotElement): Iterable<Element> {
    const assigned = slot.assignedElements();
    return assigned.length ? assigned : slot.children;
  }

  const modal = [...page.document.querySelectorAll("dialog")].filter((dialog) => dialog.matches(":modal")).pop();
  return scope(modal ? [modal] : [page.document.documentElement]);
}
