/** The agent's hand: draws with the tool that is taken, shows what would be highlighted, holds the laser. */
import type { Mark } from "#ink/layer";
import { inPixels, type Point, type Shape } from "#ink/shapes";
import type { Draw } from "#protocol/messages";
import type { Player, Tool } from "../ports.ts";
import { boxInWindow } from "../sense/place.ts";
import { type Anchor, anchorAt, anchorOf } from "./anchor.ts";
import { inParts, simplified } from "./stroke.ts";

/** Nearer points than this tell nothing new. */
const STEP_PX = 2;
/** A shape smaller than this was a slip of the hand. */
const LEAST_SHAPE_PX = 6;
/** The page takes no longer lines. */
const POINTS_MAX = 3900;

export interface HandOptions {
  player: Player;
  tool(): Tool;
  /** Make the wish, and show the mark at once; `isFinished`: nothing comes after it. */
  draw(wish: Draw, mark: Omit<Mark, "color">, isFinished: boolean): void;
  /** Show which element would be highlighted; null: none. */
  preview(element: Element | null): void;
  /** Show one's own laser at a point of the window; null: none. */
  laser(at: Point | null): void;
}

interface Stroke {
  readonly pointer: number;
  readonly mark: number;
  readonly shape: Shape;
  readonly anchor: Anchor;
  /** As parts of the anchor's box, so that the line stays where it was drawn when the page moves meanwhile. */
  points: number[];
  sent: number;
}

export function startHand(surface: HTMLElement, options: HandOptions): { toolChanged(): void; stop(): void } {
  const { player, draw } = options;
  const view = surface.ownerDocument.defaultView as Window;
  const ended = new AbortController();
  const { signal } = ended;
  // Not those of this seat's window before its reload.
  let nextMark = Math.floor(Math.random() * 2 ** 20) * 2 ** 10;
  let stroke: Stroke | null = null;
  let last: Point = { x: 0, y: 0 };
  let request = 0;

  const at = ({ clientX, clientY }: MouseEvent): Point => ({ x: clientX, y: clientY });
  const isFreehand = (shape: Shape) => shape === "line";

  function wishOf({ mark, shape, anchor }: Stroke, points: number[], more = false): Draw {
    return { kind: "draw", mark, node: anchor.id, shape, points, ...(more && { more }) };
  }

  function tell(): void {
    request = 0;
    if (!stroke || stroke.sent === stroke.points.length) return;
    const { anchor, shape, sent } = stroke;
    if (!isFreehand(shape) && stroke.points.length < 4) return;
    const more = isFreehand(shape) && sent > 0;
    const points = more ? stroke.points.slice(sent) : stroke.points;
    stroke.sent = isFreehand(shape) ? stroke.points.length : 0;
    draw(wishOf(stroke, points, more), { element: anchor.element, shape, points: stroke.points }, false);
  }

  function begin(event: PointerEvent): void {
    const tool = options.tool();
    if (tool === "look" || tool === "laser" || event.button !== 0 || stroke) return;
    const anchor = anchorAt(player, at(event));
    if (!anchor) return;
    event.preventDefault();
    const mark = nextMark++;
    if (tool === "outline") {
      const { element, id: node } = anchor;
      draw({ kind: "draw", mark, node, shape: "outline" }, { element, shape: "outline", points: [] }, true);
      return;
    }
    surface.setPointerCapture(event.pointerId);
    stroke = { pointer: event.pointerId, mark, shape: tool, anchor, points: [], sent: 0 };
    stroke.points = inParts([at(event)], anchor.box);
    last = at(event);
  }

  function add(event: PointerEvent): void {
    if (!stroke || event.pointerId !== stroke.pointer) return;
    const box = boxInWindow(player.frame, stroke.anchor.element);
    // Between two frames the browser has seen more of the hand.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const here of (passed.length > 0 ? passed : [event]).map(at)) {
      const isFree = isFreehand(stroke.shape);
      const far = Math.hypot(here.x - last.x, here.y - last.y);
      if (far < (isFree ? STEP_PX : LEAST_SHAPE_PX) || stroke.points.length >= 2 * POINTS_MAX) continue;
      if (isFree) last = here;
      stroke.points = [...(isFree ? stroke.points : stroke.points.slice(0, 2)), ...inParts([here], box)];
    }
    request ||= view.requestAnimationFrame(tell);
  }

  function finish(event: PointerEvent): void {
    if (!stroke || event.pointerId !== stroke.pointer) return;
    add(event);
    view.cancelAnimationFrame(request);
    request = 0;
    const done = stroke;
    stroke = null;
    if (!isFreehand(done.shape) && done.points.length < 4) return;
    const placed = inPixels(done.points, boxInWindow(player.frame, done.anchor.element));
    const anchor = anchorOf(player, done.shape, placed) ?? done.anchor;
    const points = inParts(simplified(placed), boxInWindow(player.frame, anchor.element));
    draw(wishOf({ ...done, anchor }, points), { element: anchor.element, shape: done.shape, points }, true);
  }

  function moved(event: PointerEvent): void {
    const tool = options.tool();
    add(event);
    options.laser(tool === "laser" ? at(event) : null);
    options.preview(tool === "outline" ? (anchorAt(player, at(event))?.element ?? null) : null);
  }

  function toolChanged(): void {
    options.laser(null);
    options.preview(null);
  }

  const on = <K extends keyof HTMLElementEventMap>(type: K, hear: (event: HTMLElementEventMap[K]) => void) =>
    surface.addEventListener(type, hear, { signal });
  on("pointerdown", begin);
  on("pointermove", moved);
  on("pointerup", finish);
  on("pointercancel", finish);
  on("pointerleave", toolChanged);
  return {
    toolChanged,
    stop() {
      view.cancelAnimationFrame(request);
      ended.abort();
    },
  };
}
