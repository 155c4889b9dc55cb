/** Carries out agents' wishes in the page: asks the gate once, then hands each wish to its own file. */
import type { Point, RefusalCode, Wish } from "#protocol/messages";
import type { StartControl } from "../ports.ts";
import { createClicks } from "./click.ts";
import { createFocus } from "./focus.ts";
import { startGate } from "./gate.ts";
import { type Place, placeIn } from "./place.ts";
import { createMouse } from "./pointer.ts";
import { pressKey, touchedByKeys, typeText } from "./press.ts";
import { scrollBox } from "./scroll.ts";
import { selectOptions } from "./select.ts";
import { elementOf } from "./tree.ts";
import { setValue } from "./value.ts";

export const startControl: StartControl = (page, options) => {
  const { nodes, isOurs } = options;
  const gate = startGate(page, options);
  const mouse = createMouse();
  const focus = createFocus(page);
  const hands = { page, gate, focus };
  const clicks = createClicks(page, { gate, mouse, focus });
  let hovering: Point | null = null;
  let frameRequest = 0;

  const place = (wish: { node: number; fx: number; fy: number }): Place | null => {
    const node = nodes.nodeOf(wish.node);
    return node?.isConnected ? placeIn(page, node, wish, isOurs) : null;
  };

  function hoverNow(): void {
    frameRequest = 0;
    const at = hovering && !hovering.gone ? place(hovering) : null;
    hovering = null;
    if (gate.visitorActive()) return;
    gate.doing(() => (at && !gate.barred(at.element) ? mouse.moveTo(at) : mouse.leave()));
  }

  /** Finding what is under a pointer costs layout: once a frame is enough, for the newest wish. */
  function hover(wish: Point): null {
    hovering = wish;
    frameRequest ||= page.requestAnimationFrame(hoverNow);
    return null;
  }

  function carryOut(wish: Wish, hasControl: boolean): RefusalCode | null {
    const isForKeys = wish.kind === "press_key" || wish.kind === "type_text";
    const node = isForKeys ? touchedByKeys(focus.current()) : nodes.nodeOf(wish.node);
    const isLeaving = wish.kind === "point" && !!wish.gone;
    const code = isLeaving ? null : gate.ask(wish.kind, node, hasControl);
    if (code || (wish.kind === "point" && !hasControl)) return code;
    const element = node && elementOf(node);
    const done = (isDone: boolean | null | undefined) => (isDone ? null : "not_possible");
    switch (wish.kind) {
      case "point":
        return hover(wish);
      case "click": {
        hovering = null;
        const at = place(wish);
        return at ? clicks.click(wish, at) : "not_possible";
      }
      case "press_key":
        return pressKey(wish, hands);
      case "type_text":
        return typeText(wish, hands);
      case "select_options":
        return done(element && selectOptions(element, wish.indexes));
      case "set_value":
        return done(element && setValue(element, wish.value));
      case "scroll_to":
        return done(node && scrollBox(node, wish));
      case "focus":
        return done(element && focus.moveTo(element));
    }
  }

  return {
    carryOut: (wish, agent) => gate.doing(() => carryOut(wish, agent.hasControl)),
    stop() {
      page.cancelAnimationFrame(frameRequest);
      gate.doing(mouse.leave);
      gate.stop();
    },
  };
};
