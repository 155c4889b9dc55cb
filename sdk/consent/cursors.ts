/** Agents' cursors: an arrow in the agent's colour with the name, and a ring where they click. */
import type { SessionState } from "#protocol/messages";
import { make, makeIcon } from "./build.ts";
import { inkOn } from "./color.ts";

type Agent = SessionState["agents"][number];

const ARROW = "M3 2l16 8.4-7.2 1.9-3.5 6.5z";
const RIPPLE_MS = 450;

export interface Cursors {
  readonly layer: HTMLElement;
  /** Forget the cursors of agents who are gone. */
  keep(agents: readonly Agent[]): void;
  pointAt(agent: Agent, at: { x: number; y: number } | null, clicked: boolean): void;
}

export function makeCursors(page: Window, color: string | null): Cursors {
  const { document } = page;
  const layer = make(document, "div", "");
  layer.setAttribute("aria-hidden", "true");
  const cursors = new Map<string, HTMLElement>();

  function tint(element: HTMLElement, agent: Agent): void {
    const fill = color ?? agent.color;
    element.style.setProperty("--agent", fill);
    element.style.setProperty("--on-agent", inkOn(fill));
  }

  function cursorOf(agent: Agent): HTMLElement {
    const known = cursors.get(agent.id);
    if (known) return known;
    const cursor = make(document, "div", "cursor fresh");
    cursor.append(makeIcon(document, 22, ARROW), make(document, "span", "name", agent.name));
    tint(cursor, agent);
    cursors.set(agent.id, cursor);
    layer.append(cursor);
    return cursor;
  }

  function forget(id: string): void {
    cursors.get(id)?.remove();
    cursors.delete(id);
  }

  function ring(agent: Agent, { x, y }: { x: number; y: number }): void {
    const ripple = make(document, "div", "ripple");
    tint(ripple, agent);
    ripple.style.left = `${x}px`;
    ripple.style.top = `${y}px`;
    layer.append(ripple);
    page.setTimeout(() => ripple.remove(), RIPPLE_MS);
  }

  return {
    layer,
    keep(agents) {
      const present = new Set(agents.filter((agent) => agent.connected).map((agent) => agent.id));
      for (const id of [...cursors.keys()]) if (!present.has(id)) forget(id);
    },
    pointAt(agent, at, clicked) {
      if (!at) {
        forget(agent.id);
        return;
      }
      const cursor = cursorOf(agent);
      const isMoving = cursor.style.transform !== "";
      cursor.style.transform = `translate(${at.x}px, ${at.y}px)`;
      cursor.classList.toggle("fresh", !isMoving);
      if (clicked) ring(agent, at);
    },
  };
}
