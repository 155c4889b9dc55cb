/**
 * The layer of drawings and lasers over a page (SPEC D1, D4). Each frame it looks where the elements are that drawings are anchored
 * to, as long as there are any; nothing of it takes a click, and screen readers pass over it.
 */
import { type Box, INK_PX, type Point, pathOf, type Shape } from "./shapes.ts";
import { Trail } from "./trail.ts";

export interface Mark {
  readonly element: Element;
  readonly shape: Shape;
  readonly color: string;
  readonly points: readonly number[];
}

export interface LayerOptions {
  /** Where the layer is; it draws in the pixels of its own box. */
  readonly view: Window & typeof globalThis;
  /** The page that it lies over. */
  page(): Document | null;
  /** The box of an element in the layer's pixels; null when it has none. */
  boxOf(element: Element): Box | null;
  /** The layer's pixels for one CSS pixel of the page. */
  scale(): number;
}

export interface Layer {
  readonly element: Element;
  /** Show a mark, or show another under its key. */
  put(key: string, mark: Mark): void;
  /** Let a mark vanish. */
  remove(key: string): void;
  /** Move a laser's dot; null takes it away. */
  laser(key: string, color: string, name: string, at: Point | null): void;
  /** Take away the dots of others than these. */
  keepLasers(keys: readonly string[]): void;
  /** Take all away at once. */
  clear(): void;
  stop(): void;
}

interface Shown {
  mark: Mark;
  readonly group: SVGElement;
  /** Where it was drawn last; "" when it must be drawn anew. */
  where: string;
}

interface Dot {
  readonly group: SVGElement;
  readonly trail: Trail;
}

const SVG = "http://www.w3.org/2000/svg";
const FADE_MS = 350;
/** Boxes within the page that scroll clip what is in them; the page's own edge does so by itself. */
const BEYOND_THE_EDGE = "4000px";
const DOT_PX = 7;

export function openLayer(options: LayerOptions): Layer {
  const { view } = options;
  const { document } = view;
  const root = draw("svg", { "aria-hidden": "true" });
  root.style.cssText = "position:absolute;inset:0;width:100%;height:100%;overflow:hidden;pointer-events:none";
  const shown = new Map<string, Shown>();
  const dots = new Map<string, Dot>();
  const hidden = new Set<Element>();
  let observer: IntersectionObserver | null = null;
  let observed: Document | null = null;
  let request = 0;

  const isStill = () => view.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function draw(name: string, attributes: Record<string, string | number>): SVGElement {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  }

  /** A white edge under the colour keeps a line readable on any ground. */
  function lines(color: string, isArea: boolean): SVGElement {
    const group = draw("g", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" });
    group.append(draw("path", { stroke: "#fff", "stroke-opacity": 0.85 }));
    group.append(draw("path", { stroke: color, ...(isArea && { fill: color, "fill-opacity": 0.12 }) }));
    return group;
  }

  function watch(element: Element): void {
    const page = options.page();
    if (observed !== page) {
      observer?.disconnect();
      hidden.clear();
      observed = page;
      observer =
        page &&
        new view.IntersectionObserver(
          (entries) => {
            for (const { target, isIntersecting } of entries) {
              if (isIntersecting) hidden.delete(target);
              else hidden.add(target);
            }
          },
          { root: page, rootMargin: BEYOND_THE_EDGE },
        );
    }
    observer?.observe(element);
  }

  function place(one: Shown, scale: number): void {
    const { element, shape, points } = one.mark;
    const box = element.isConnected && !hidden.has(element) ? options.boxOf(element) : null;
    const where = box ? [box.left, box.top, box.width, box.height, scale].map((n) => n.toFixed(2)).join() : "nowhere";
    if (where === one.where) return;
    one.where = where;
    const path = box ? pathOf(shape, points, box, scale) : "";
    const width_px = INK_PX * scale;
    for (const [index, line] of [...one.group.children].entries()) {
      line.setAttribute("d", path);
      line.setAttribute("stroke-width", String(index === 0 ? width_px + 3 : width_px));
    }
  }

  function frame(): void {
    request = 0;
    const scale = options.scale();
    for (const one of shown.values()) place(one, scale);
    const now_ms = view.performance.now();
    for (const { group, trail } of dots.values()) {
      group.firstElementChild?.setAttribute("d", isStill() ? "" : trail.path(now_ms, 2 * DOT_PX * scale));
    }
    if (shown.size > 0 || dots.size > 0) request = view.requestAnimationFrame(frame);
  }

  function wake(): void {
    request ||= view.requestAnimationFrame(frame);
  }

  function forget(key: string): Shown | undefined {
    const one = shown.get(key);
    shown.delete(key);
    if (one && ![...shown.values()].some(({ mark }) => mark.element === one.mark.element)) {
      observer?.unobserve(one.mark.element);
      hidden.delete(one.mark.element);
    }
    return one;
  }

  function dotOf(key: string, color: string, name: string): Dot {
    const known = dots.get(key);
    if (known) return known;
    const group = draw("g", {});
    const spot = draw("g", {});
    spot.append(draw("circle", { r: DOT_PX * 1.9, fill: color, "fill-opacity": 0.25 }));
    spot.append(draw("circle", { r: DOT_PX, fill: color, stroke: "#fff", "stroke-width": 2 }));
    const label = draw("text", {
      x: 16,
      y: 5,
      fill: color,
      stroke: "#fff",
      "stroke-width": 4,
      "paint-order": "stroke",
    });
    label.style.cssText = "font:600 12px/1 system-ui,sans-serif;stroke-linejoin:round";
    label.textContent = name;
    spot.append(label);
    group.append(draw("path", { fill: color, "fill-opacity": 0.55 }), spot);
    const dot = { group, trail: new Trail() };
    dots.set(key, dot);
    root.append(group);
    return dot;
  }

  function switchOff(key: string): void {
    dots.get(key)?.group.remove();
    dots.delete(key);
  }

  function remove(key: string): void {
    const one = forget(key);
    if (!one) return;
    if (isStill()) one.group.remove();
    else
      one.group.animate({ opacity: 0 }, FADE_MS).finished.then(
        () => one.group.remove(),
        () => one.group.remove(),
      );
  }

  return {
    element: root,
    put(key, mark) {
      const known = shown.get(key);
      const { color, element, shape } = known?.mark ?? {};
      if (known && color === mark.color && element === mark.element && shape === mark.shape) {
        known.mark = mark;
        known.where = "";
      } else {
        forget(key)?.group.remove();
        const group = lines(mark.color, mark.shape === "outline");
        root.append(group);
        shown.set(key, { mark, group, where: "" });
        watch(mark.element);
      }
      wake();
    },
    remove,
    laser(key, color, name, at) {
      if (!at) {
        switchOff(key);
        return;
      }
      const { group, trail } = dotOf(key, color, name);
      trail.add(at, view.performance.now());
      group.lastElementChild?.setAttribute("transform", `translate(${at.x} ${at.y})`);
      wake();
    },
    keepLasers(keys) {
      for (const key of [...dots.keys()]) if (!keys.includes(key)) switchOff(key);
    },
    clear() {
      for (const key of [...shown.keys()]) forget(key)?.group.remove();
      for (const key of [...dots.keys()]) switchOff(key);
    },
    stop() {
      view.cancelAnimationFrame(request);
      observer?.disconnect();
      root.remove();
    },
  };
}
