/** A small window over the stage, for what browsers show outside of the page. */
import type { Box } from "./place.ts";

const CSS = `
:host { position: fixed; inset: auto; margin: 0; padding: 4px; border: 1px solid var(--line, GrayText); border-radius: 6px;
  box-sizing: border-box; max-height: min(320px, 60vh); overflow: auto; color: var(--ink, CanvasText);
  background: var(--raised, var(--paper, Canvas)); font: 14px/1.4 system-ui, sans-serif; outline: 0 }
[role=listbox] { outline: 0 }
[role=option] { padding: 4px 8px; border-radius: 4px; white-space: nowrap; cursor: default }
[role=option][aria-selected=true] { font-weight: 600 }
[role=option][aria-disabled=true], [role=presentation] { color: var(--ink-soft, GrayText) }
[role=presentation] { padding: 6px 8px 2px; font-size: 12px }
[role=option].active { background: var(--accent, Highlight); color: var(--on-accent, HighlightText) }
form { display: flex; gap: 8px; align-items: center; margin: 0 }
input { font: inherit; min-width: 12em }
input[type=color] { min-width: 4em }
button { font: inherit; padding: 2px 12px }
`;

export interface Popup {
  /** Put the content in here. */
  readonly root: ShadowRoot;
  close(): void;
}

/** Open under a box of the window. It closes by Escape and by anything that happens outside. */
export function openPopup(surface: HTMLElement, box: Box, onClosed: () => void): Popup {
  const host = surface.ownerDocument.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  host.popover = "manual";
  const ended = new AbortController();
  const { signal } = ended;

  function close(): void {
    if (signal.aborted) return;
    ended.abort();
    host.remove();
    onClosed();
  }

  // What happens in here is not meant for the visitor's page.
  for (const type of [
    "pointerdown",
    "pointermove",
    "pointerup",
    "mousedown",
    "click",
    "wheel",
    "contextmenu",
    "paste",
  ]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  host.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });
  const outside = (event: Event) => event.composedPath().includes(host) || close();
  for (const type of ["pointerdown", "wheel", "resize"]) {
    window.addEventListener(type, outside, { capture: true, passive: true, signal });
  }
  surface.append(host);
  host.style.minWidth = `${Math.round(box.width)}px`;
  host.showPopover();
  // Below the box where there is room, else above. Measured after the content is in.
  queueMicrotask(() => {
    const { height, width } = host.getBoundingClientRect();
    const isBelow = box.top + box.height + height <= innerHeight || box.top < height;
    host.style.top = `${isBelow ? box.top + box.height : box.top - height}px`;
    host.style.left = `${Math.max(0, Math.min(box.left, innerWidth - width))}px`;
  });
  return { root, close };
}
