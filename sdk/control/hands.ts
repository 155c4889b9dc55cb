/**
 * Carries out wishes that have passed the gate, each by its own file. A bundle of its own, fetched by the core once the first
 * picture has been sent.
 */
import type { Point } from "#protocol/messages";
import type { StartHands } from "../ports.ts";
import { createClicks } from "./click.ts";
import { createFocus } from "./focus.ts";
import { type Place, placeIn } from "./place.ts";
import { createMouse } from "./pointer.ts";
import { pressKey, touchedByKeys, typeText } from "./press.ts";
import { scrollBox } from "./scroll.ts";
import { selectOptions } from "./select.ts";
import { createSteps } from "./steps.ts";
import { elementOf } from "./tree.ts";
import { setValue } from "./value.ts";

export const startHands: StartHands = (page, { gate, nodes, isOurs }) => {
  const mouse = createMouse();
  const focus = createFocus(page);
  const reach = { page, gate, focus };
  const steps = createSteps((step) => gate.doing(step));
  const clicks = createClicks(page, { gate, mouse, focus, steps });
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

  return {
    finish: () => steps.finish(),
    keysGoTo: () => touchedByKeys(focus.current()),
    carryOut(wish, node) {
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
          return pressKey(wish, reach);
        case "type_text":
          return typeText(wish, reach);
        case "select_options":
          return done(element && selectOptions(element, wish.indexes));
        case "set_value":
          return done(element && setValue(element, wish.value));
        case "scroll_to":
          return done(node && scrollBox(node, wish));
        case "focus":
          return done(element && focus.moveTo(element));
        default:
          return "not_possible";
      }
    },
    stop() {
      page.cancelAnimationFrame(frameRequest);
      steps.stop();
      gate.doing(mouse.leave);
    },
  };
};
