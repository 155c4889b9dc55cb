/**
 * The one element of ours in the page: a host with a closed shadow root, kept above everything. A manual popover puts it in the top
 * layer; a modal dialog makes all outside it inert, so while one is open the host moves into it.
 */
import { STYLE } from "./style.ts";

export interface CardStage {
  readonly root: HTMLElement;
  isOurs(node: Node): boolean;
  stop(): void;
}

export function openStage(page: Window): CardStage {
  const view = page as Window & typeof globalThis;
  const { document } = page;
  const host = document.createElement("twinpane-cards");
  host.popover = "manual";
  const shadow = host.attachShadow({ mode: "closed" });
  // A constructed sheet is let through by a strict style-src, a style element is not.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const root = document.createElement("div");
  root.className = "root";
  shadow.append(root);

  const isLost = () => !host.isConnected || !host.matches(":popover-open");
  // A dialog may be removed from the page while open, and the host with it; watched only meanwhile.
  const removal = new view.MutationObserver(() => isLost() && raise());

  function moveHome(): void {
    const modal = [...document.querySelectorAll("dialog")].filter((dialog) => dialog.matches(":modal")).pop();
    const home = modal ?? document.documentElement;
    if (host.parentNode === home) return;
    home?.append(host);
    removal.disconnect();
    if (modal) removal.observe(document, { subtree: true, childList: true });
  }

  /** Whatever entered the top layer last is uppermost; enter it again, with the focus where it was. */
  function raise(): void {
    const focused = shadow.activeElement as HTMLElement | null;
    moveHome();
    if (!host.isConnected) return;
    if (host.matches(":popover-open")) host.hidePopover();
    host.showPopover();
    if (focused) focused.focus({ preventScroll: true });
  }

  function onToggle(event: Event): void {
    if (event.target !== host && (event as ToggleEvent).newState === "open") raise();
  }

  const observer = new view.MutationObserver((records) => {
    if (isLost() || records.some(({ type, target }) => type === "attributes" && target.nodeName === "DIALOG")) raise();
  });

  raise();
  observer.observe(document, { childList: true });
  observer.observe(document.documentElement, { childList: true });
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["open"] });
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("fullscreenchange", raise);
  return {
    root,
    isOurs: (node) => node === host || node.getRootNode() === shadow,
    stop() {
      observer.disconnect();
      removal.disconnect();
      document.removeEventListener("toggle", onToggle, true);
      document.removeEventListener("fullscreenchange", raise);
      host.remove();
    },
  };
}
