/** Drawings and lasers over the stage; see ports.ts. */
import { type Layer, type Mark, openLayer } from "#ink/layer";
import type { Point } from "#ink/shapes";
import type { Draw } from "#protocol/messages";
import type { Player, StartInk } from "../ports.ts";
import { boxInWindow } from "../sense/place.ts";
import { startHand } from "./hand.ts";

/** A drawing of one's own that the page has not shown by then is none. */
const ANSWER_MS = 3000;
const PREVIEW = "preview";

/** One's own drawing until the page tells that it shows it. */
interface Draft {
  readonly mark: Mark;
  /** Wishes that drew it. */
  readonly first: number;
  last: number;
  /** How many points it has when it is finished; the page then tells as many. */
  finished: number | null;
}

function layerOver(mount: HTMLElement, player: Player): Layer {
  const view = mount.ownerDocument.defaultView as Window & typeof globalThis;
  return openLayer({
    view,
    page: () => player.document,
    boxOf(element) {
      const outer = mount.getBoundingClientRect();
      const { left, top, width, height } = boxInWindow(player.frame, element);
      return { left: left - outer.left, top: top - outer.top, width, height };
    },
    scale: () => player.frame.getBoundingClientRect().width / Math.max(player.frame.offsetWidth, 1),
  });
}

export const startInk: StartInk = (mount, surface, options) => {
  const { player } = options;
  const layer = layerOver(mount, player);
  const drafts = new Map<string, Draft>();
  let marks: Parameters<ReturnType<StartInk>["told"]>[0] = new Map();
  mount.prepend(layer.element);

  function show(key: string): void {
    const mark = drafts.get(key)?.mark ?? marks.get(key);
    if (mark) layer.put(key, mark);
    else layer.remove(key);
  }

  function drop(key: string): void {
    drafts.delete(key);
    show(key);
  }

  /** Show one's own drawing before the page does. */
  function draw(wish: Draw, mark: Omit<Mark, "color">, isFinished: boolean): void {
    const me = options.me();
    if (!me) return;
    const key = `${me.id} ${wish.mark}`;
    const sent = options.onWish(wish);
    const draft = {
      mark: { ...mark, color: me.color },
      first: drafts.get(key)?.first ?? sent,
      last: sent,
      finished: isFinished ? mark.points.length : null,
    };
    drafts.set(key, draft);
    show(key);
    if (isFinished) setTimeout(() => drafts.get(key) === draft && drop(key), ANSWER_MS);
  }

  function inLayer(at: Point): Point {
    const { left, top } = mount.getBoundingClientRect();
    return { x: at.x - left, y: at.y - top };
  }

  const hand = startHand(surface, {
    player,
    tool: options.tool,
    draw,
    preview: (element) => {
      const me = options.me();
      if (element && me) layer.put(PREVIEW, { element, shape: "outline", color: me.color, points: [] });
      else layer.remove(PREVIEW);
    },
    laser: (at) => {
      const me = options.me();
      if (me) layer.laser(me.id, me.color, "", at && inLayer(at));
    },
  });

  return {
    told(now, key) {
      marks = now;
      if (key === undefined) {
        drafts.clear();
        layer.clear();
        for (const each of marks.keys()) show(each);
        return;
      }
      if (drafts.get(key)?.finished === marks.get(key)?.points.length) drafts.delete(key);
      show(key);
    },
    point(agent, wish) {
      const node = wish.kind === "point" && wish.laser && !wish.gone ? player.nodeOf(wish.node) : undefined;
      const element = node && (node.nodeType === 1 ? (node as Element) : player.document.documentElement);
      const box = element && boxInWindow(player.frame, element);
      const at = box && inLayer({ x: box.left + box.width * wish.fx, y: box.top + box.height * wish.fy });
      layer.laser(agent.id, agent.color, agent.name, at ?? null);
    },
    forget: (id) => layer.laser(id, "", "", null),
    refused(wish) {
      for (const [key, { first, last }] of [...drafts]) if (wish >= first && wish <= last) drop(key);
    },
    toolChanged: hand.toolChanged,
    stop() {
      hand.stop();
      layer.stop();
    },
  };
};
