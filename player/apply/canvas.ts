/** Canvases: without scripts a canvas shows its fallback, so a picture of the same intrinsic size takes its place. */
import { Op } from "#protocol/facts";
import type { Attributes } from "./attributes.ts";
import type { Kinds, Mirror } from "./mirror.ts";

function blank(width: number, height: number): string {
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/%3E`;
}

function pixels(value: string | null, initial: number): number {
  const number = Number.parseInt(value ?? "", 10);
  return number >= 0 ? number : initial;
}

/** Make a picture stand for a canvas: width and height are those of its content, not of its box. */
export function becomeCanvas(picture: HTMLImageElement, attributes: Attributes): void {
  let [width, height] = [300, 150];
  picture.src = blank(width, height);
  picture.setAttribute("data-twinpane-canvas", "");
  attributes.intercept(picture, {
    attribute: (name, value) => {
      if (name === "width") width = pixels(value, 300);
      else if (name === "height") height = pixels(value, 150);
      else return name === "src" || name === "srcset" || name === "alt";
      picture.src = blank(width, height);
      return true;
    },
  });
}

export function startCanvas({ nodes }: Mirror): Kinds {
  return {
    [Op.Canvas]: (facts) => {
      const picture = nodes.element(facts.num()) as HTMLImageElement;
      const [width, height, shown] = [facts.num(), facts.num(), facts.textOrNull()];
      if (!picture.hasAttribute("data-twinpane-canvas")) return;
      picture.src = shown !== null && /^data:image\/(png|webp|jpeg);base64,/.test(shown) ? shown : blank(width, height);
    },
  };
}
