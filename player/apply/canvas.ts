/**
 * Canvases: without scripts a canvas shows its fallback, so its content becomes a picture, by CSS. It stays a canvas, that the
 * page's selectors find it, and the picture has the canvas's own size, so that it is laid out as in the page.
 */
import { Op } from "#protocol/facts";
import { rewriteCss } from "../stage/css.ts";
import type { Attributes } from "./attributes.ts";
import type { Kinds, Mirror } from "./mirror.ts";

const PICTURE = /^data:image\/(?:png|webp|jpeg);base64,[\w+/=]*$/;

function blank(width: number, height: number): string {
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/%3E`;
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

  function show(canvas: HTMLElement, picture: string): void {
    shown.set(canvas, picture);
    canvas.style.setProperty("content", `url("${picture}")`, "important");
  }

  return {
    begin: (canvas) => {
      let [width, height] = [300, 150];
      show(canvas, blank(width, height));
      attributes.intercept(canvas, {
        attribute: (name, value) => {
          if (name === "style") {
            canvas.style.cssText = rewriteCss(value ?? "", mirror.addressOf(canvas.ownerDocument));
            show(canvas, shown.get(canvas) ?? "");
            return true;
          }
          if (name !== "width" && name !== "height") return false;
          if (name === "width") width = pixels(value, 300);
          else height = pixels(value, 150);
          // As in the page: a new size clears the canvas.
          show(canvas, blank(width, height));
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
        show(canvas, picture !== null && PICTURE.test(picture) ? picture : blank(width, height));
      },
    },
  };
}
