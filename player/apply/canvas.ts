/**
 * Canvases: without scripts a canvas shows its fallback, so its content becomes a picture, by CSS. It stays a canvas, that the
 * page's selectors find it, and the picture has the canvas's own size, so that it is laid out as in the page. A video without an
 * address shows its pictures as its poster.
 */
import { Op } from "#protocol/facts";
import { rewriteCss } from "../stage/css.ts";
import type { Attributes } from "./attributes.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";
import { startPainting, type Tile } from "./painting.ts";

const PICTURE = /^data:image\/(?:png|webp|jpeg);base64,[\w+/=]*$/;
const HATCH =
  "%3Cpattern id='h' width='12' height='12' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'%3E" +
  "%3Crect width='12' height='12' fill='%23e3e6e8'/%3E%3Crect width='6' height='12' fill='%23dadee1'/%3E%3C/pattern%3E" +
  "%3Crect width='100%25' height='100%25' fill='url(%23h)'/%3E";

function svg(width: number, height: number, inside: string): string {
  const size = `width='${Math.max(0, width)}' height='${Math.max(0, height)}'`;
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' ${size}%3E${inside}%3C/svg%3E`;
}

function pixels(value: string | null, initial: number): number {
  const number = Number.parseInt(value ?? "", 10);
  return number >= 0 ? number : initial;
}

export interface Canvases {
  readonly kinds: Kinds;
  /** Set up a new canvas. */
  begin(canvas: HTMLElement): void;
}

export function startCanvases(mirror: Mirror, attributes: Attributes): Canvases {
  const shown = new WeakMap<HTMLElement, string>();
  const painting = startPainting(show);

  function show(element: HTMLElement, picture: string): void {
    shown.set(element, picture);
    if (element.localName === "video") element.setAttribute("poster", picture);
    else element.style.setProperty("content", `url("${picture}")`, "important");
  }

  /** From its first picture on a video's poster is ours. */
  function beginVideo(video: HTMLElement): void {
    shown.set(video, "");
    attributes.intercept(video, { attribute: (name) => name === "poster" });
  }

  function readTile(facts: { num(): number; text(): string }): Tile | null {
    const [x, y, picture] = [facts.num(), facts.num(), facts.text()];
    return PICTURE.test(picture) ? { x, y, picture } : null;
  }

  return {
    begin: (canvas) => {
      let [width, height] = [300, 150];
      show(canvas, svg(width, height, ""));
      attributes.intercept(canvas, {
        attribute: (name, value) => {
          if (name === "style") {
            canvas.style.cssText = rewriteCss(value ?? "", mirror.addressOf(canvas.ownerDocument));
            show(canvas, shown.get(canvas) ?? "");
            return true;
          }
          if (name !== "width" && name !== "height") return false;
          const before = `${width} ${height}`;
          if (name === "width") width = pixels(value, 300);
          else height = pixels(value, 150);
          // A new size clears the canvas. So does the same again, but then the page tells what it shows after that.
          if (`${width} ${height}` === before && canvas.hasAttribute(name)) return true;
          painting.clear(canvas);
          show(canvas, svg(width, height, ""));
          return false;
        },
        style: (property) => property === "content" || property === "all",
      });
    },
    kinds: {
      [Op.Canvas]: (facts) => {
        const canvas = mirror.nodes.element(facts.num());
        const [width, height, picture] = [facts.num(), facts.num(), facts.textOrNull()];
        if (!shown.has(canvas)) return;
        painting.clear(canvas);
        show(canvas, picture !== null && PICTURE.test(picture) ? picture : svg(width, height, HATCH));
      },
      [Op.Tiles]: (facts) => {
        const element = mirror.nodes.element(facts.num());
        const [width, height] = [facts.num(), facts.num()];
        const tiles = Array.from({ length: readCount(facts) }, () => readTile(facts));
        if (element.localName === "video" && !shown.has(element)) beginVideo(element);
        if (shown.has(element))
          painting.paint(
            element,
            { width, height },
            tiles.filter((tile) => tile !== null),
          );
      },
    },
  };
}
