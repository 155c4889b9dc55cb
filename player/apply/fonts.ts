/** Fonts that scripts of the page added. */
import { type FactReader, Op } from "#protocol/facts";
import { isDocument } from "../nodes/numbers.ts";
import { rewriteCss } from "../stage/css.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

export function startFonts(mirror: Mirror): Kinds {
  const { nodes } = mirror;
  const faces = new Map<number, FontFace>();

  function readDescriptors(facts: FactReader): Record<string, string> {
    const pairs = Array.from({ length: readCount(facts) }, () => [facts.str(), facts.str()] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
  }

  return {
    [Op.Font]: (facts) => {
      const [document, number, family, sources] = [nodes.root(facts.num()), facts.num(), facts.text(), facts.text()];
      const descriptors = readDescriptors(facts);
      const view = isDocument(document) ? (document.defaultView as (Window & typeof globalThis) | null) : null;
      if (!isDocument(document) || !view) return;
      try {
        const face = new view.FontFace(family, rewriteCss(sources, mirror.addressOf(document)), descriptors);
        faces.set(number, face);
        document.fonts.add(face);
      } catch {
        // This browser cannot read its sources or descriptors.
      }
    },
    [Op.FontGone]: (facts) => {
      const [document, number] = [nodes.root(facts.num()), facts.num()];
      const face = faces.get(number);
      faces.delete(number);
      if (face && isDocument(document)) document.fonts.delete(face);
    },
  };
}
