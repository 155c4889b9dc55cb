/** Agents' cursors and the visitor's, drawn over the stage; see ports.ts. */

import { isElement } from "../nodes/numbers.ts";
import type { StartOverlay } from "../ports.ts";
import { type Box, boxInWindow, type Point2 } from "../sense/place.ts";

const CSS = `
:host { position: absolute; inset: 0; overflow: hidden; pointer-events: none; contain: strict }
.cursor { position: absolute; left: 0; top: 0; transition: left 90ms linear, top 90ms linear }
.cursor svg { display: block; width: 18px; height: 18px; margin: -1px 0 0 -1px; fill: var(--color); stroke: #fff; stroke-width: 1.25 }
.cursor span { position: absolute; left: 14px; top: 16px; padding: 1px 6px; border-radius: 6px; white-space: nowrap; max-width: 14em;
  overflow: hidden; text-overflow: ellipsis; background: var(--color); color: #fff; font: 500 12px/1.5 system-ui, sans-serif }
.visitor { --color: #15191a }
.visible { position: absolute; box-sizing: border-box; border: 1px solid #0b7d74; outline: 4000px solid rgb(21 25 26 / 0.28) }
.ripple { position: absolute; width: 28px; height: 28px; margin: -14px 0 0 -14px; border-radius: 50%; box-sizing: border-box;
  border: 2px solid var(--color); animation: ripple 450ms ease-out forwards }
@keyframes ripple { from { transform: scale(0.2) } to { transform: scale(1.4); opacity: 0 } }
@media (prefers-reduced-motion: reduce) { .cursor { transition: none } .ripple { animation-timing-function: step-end } }
`;
const ARROW = "M2 1.5 15.2 8.6 9.4 10.1 6.8 15.6Z";
const SVG = "http://www.w3.org/2000/svg";

function drawCursor(document: Document, name: string): HTMLElement {
  const cursor = document.createElement("div");
  cursor.className = "cursor";
  const arrow = document.createElementNS(SVG, "svg");
  arrow.setAttribute("viewBox", "0 0 17 17");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ARROW);
  arrow.append(path);
  const label = document.createElement("span");
  label.textContent = name;
  label.hidden = name === "";
  cursor.append(arrow, label);
  return cursor;
}

export const startOverlay: StartOverlay = (mount, player) => {
  const document = mount.ownerDocument;
  const host = document.createElement("div");
  host.setAttribute("aria-hidden", "true");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  mount.append(host);
  const agents = new Map<string, HTMLElement>();
  let visitor: HTMLElement | null = null;
  let isPressed = false;
  const visible = document.createElement("div");
  visible.className = "visible";

  /** As parts of the overlay, so that it stays right when the stage is scaled. */
  function put(element: HTMLElement, at: Point2): void {
    const box: Box = host.getBoundingClientRect();
    element.style.left = `${((at.x - box.left) / box.width) * 100}%`;
    element.style.top = `${((at.y - box.top) / box.height) * 100}%`;
  }

  function ripple(at: Point2, color: string): void {
    const ring = document.createElement("div");
    ring.className = "ripple";
    ring.style.setProperty("--color", color);
    put(ring, at);
    ring.addEventListener("animationend", () => ring.remove());
    root.append(ring);
  }

  function cursorOf({ id, name, color }: { id: string; name: string; color: string }): HTMLElement {
    const known = agents.get(id) ?? drawCursor(document, name);
    known.style.setProperty("--color", color);
    agents.set(id, known);
    if (!known.isConnected) root.append(known);
    return known;
  }

  return {
    point: (agent, wish) => {
      const node = player.nodeOf(wish.node);
      const element = node && (isElement(node) ? node : player.document.documentElement);
      if ((wish.kind === "point" && wish.gone) || !element) {
        agents.get(agent.id)?.remove();
        return;
      }
      const box = boxInWindow(player.frame, element);
      const at = { x: box.left + box.width * wish.fx, y: box.top + box.height * wish.fy };
      put(cursorOf(agent), at);
      if (wish.kind === "click") ripple(at, agent.color);
    },
    forget: (id) => {
      agents.get(id)?.remove();
      agents.delete(id);
    },
    visitor: (page) => {
      if (!page) {
        visitor?.remove();
        return;
      }
      visitor ??= drawCursor(document, "");
      visitor.classList.add("visitor");
      if (!visitor.isConnected) root.append(visitor);
      const box = player.frame.getBoundingClientRect();
      const scale = player.frame.offsetWidth > 0 ? box.width / player.frame.offsetWidth : 1;
      const at = { x: box.left + page.x * scale, y: box.top + page.y * scale };
      put(visitor, at);
      if (page.pressed && !isPressed) ripple(at, "#15191a");
      isPressed = page.pressed;
    },
    visible: (part) => {
      if (!part) {
        visible.remove();
        return;
      }
      const { offsetWidth: width, offsetHeight: height } = player.frame;
      Object.assign(visible.style, {
        left: `${(part.x / width) * 100}%`,
        top: `${(part.y / height) * 100}%`,
        width: `${(part.width / width) * 100}%`,
        height: `${(part.height / height) * 100}%`,
      });
      if (!visible.isConnected) root.prepend(visible);
    },
    stop: () => host.remove(),
  };
};
