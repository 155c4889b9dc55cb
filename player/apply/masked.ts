/** Masked elements (SPEC M2, M3): a calm opaque block of the element's own size. */
import { boxTag } from "../stage/markup.ts";
import type { Attributes } from "./attributes.ts";

export interface BoxSize {
  width: number;
  height: number;
  display: string;
}

const HATCHED = "repeating-linear-gradient(135deg, #e3e6e8 0 6px, #dadee1 6px 12px)";
/** Only what is needed to keep the box's place comes from the page. */
const TOLD = /^(class|id|dir|lang|colspan|rowspan)$/i;
/** Could load something, or hide what it is; geometry needs none of it. */
const SUSPECT = /["'\\]|url|image|src|attr|var/i;

function shape(box: HTMLElement, { width, height, display }: BoxSize): void {
  const size = { width: `${width}px`, height: `${height}px` };
  const outer = display === "none" || display === "contents" ? display : display.startsWith("table-") ? display : "";
  const style: Record<string, string> = {
    display: outer || (display.startsWith("inline") ? "inline-block" : "block"),
    "box-sizing": "border-box",
    width: size.width,
    "min-width": size.width,
    "max-width": size.width,
    height: size.height,
    "min-height": size.height,
    "max-height": size.height,
    flex: "none",
    overflow: "hidden",
    background: HATCHED,
    "border-color": "transparent",
    "border-radius": "4px",
    "vertical-align": "bottom",
  };
  for (const [property, value] of Object.entries(style)) box.style.setProperty(property, value, "important");
}

/** Make the block, which is called by `words`. Where it stands is told; its size and looks are ours alone. */
export function maskedBox(
  document: Document,
  attributes: Attributes,
  tag: string,
  size: BoxSize,
  words: string,
): HTMLElement {
  const box = document.createElement(boxTag(tag));
  const now = { ...size };
  shape(box, now);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", words);
  attributes.intercept(box, {
    attribute: (name, value) => {
      if (name !== "style") return !TOLD.test(name);
      box.style.cssText = value === null || SUSPECT.test(value) ? "" : value;
      shape(box, now);
      return true;
    },
    style: (property, value) => {
      if (property === "width" || property === "height") now[property] = Number.parseFloat(value ?? "") || 0;
      shape(box, now);
      return true;
    },
  });
  return box;
}
