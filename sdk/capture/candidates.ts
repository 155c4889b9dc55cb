/** Which of an image's candidates the visitor's browser chose: the agent's screen would choose another. */
import { Op } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import { candidatesOf } from "./assets.ts";
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";

function hasChoice(image: HTMLImageElement): boolean {
  return image.hasAttribute("srcset") || image.parentElement?.localName === "picture";
}

/** How many of the candidate's pixels make one of the page's, by what its descriptor says. */
export function densityOf(descriptor: string, naturalWidth: number): number {
  const value = Number.parseFloat(descriptor);
  const density = descriptor.endsWith("x") ? value : descriptor.endsWith("w") ? value / naturalWidth : 1;
  return Number.isFinite(density) && density > 0 ? Math.round(density * 1000) / 1000 : 1;
}

export function startCandidates(context: Context): Stop {
  const { numbers, facts, tree, mask } = context;
  const dirty = new Set<HTMLImageElement>();
  const told = new WeakMap<HTMLImageElement, string>();

  function changed(image: HTMLImageElement): void {
    if (image.localName !== "img" || !numbers.has(image) || !hasChoice(image)) return;
    dirty.add(image);
    context.soon();
  }
  function descriptorOf(image: HTMLImageElement): string {
    const sources = image.parentElement?.localName === "picture" ? image.parentElement.querySelectorAll("source") : [];
    for (const element of [...sources, image]) {
      for (const { url, descriptor } of candidatesOf(element.getAttribute("srcset") ?? "")) {
        if (URL.canParse(url, image.baseURI) && new URL(url, image.baseURI).href === image.currentSrc)
          return descriptor;
      }
    }
    return "";
  }
  function tell(image: HTMLImageElement, id: number): void {
    const { currentSrc } = image;
    // What is written out whole is chosen by the agent's browser.
    if (!currentSrc || currentSrc.startsWith("data:")) return;
    const density = densityOf(descriptorOf(image), image.naturalWidth);
    const url = mask.attribute(image, "img", Level.Open, "src", currentSrc);
    const now = `${id} ${density} ${currentSrc}`;
    if (url === null || told.get(image) === now) return;
    told.set(image, now);
    facts.slots.push(Op.Candidate, id, url, density);
  }

  context.onTold(["img"], (element) => changed(element as HTMLImageElement));
  context.onRoot((root) => listen(root, "load", (event) => changed(event.target as HTMLImageElement)));
  context.onBatch(() => {
    for (const image of dirty) {
      const id = numbers.idOf(image);
      if (id !== undefined && !tree.levels.has(image)) tell(image, id);
    }
    dirty.clear();
  });
  return () => dirty.clear();
}
