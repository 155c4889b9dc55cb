/** Images with several candidates show the one that the visitor's browser chose. */
import { Op } from "#protocol/facts";
import { isElement } from "../nodes/numbers.ts";
import { rewriteSrcset } from "../stage/urls.ts";
import type { Attributes } from "./attributes.ts";
import type { Kinds, Mirror } from "./mirror.ts";

const CHOOSING = /^(?:srcset|sizes)$/i;

export function startCandidates(mirror: Mirror, attributes: Attributes): Kinds {
  const { nodes } = mirror;
  const chosen = new WeakSet<Element>();

  /** From now on only what was chosen counts. */
  function leaveChoice(element: Element): void {
    element.removeAttribute("srcset");
    element.removeAttribute("sizes");
    if (chosen.has(element)) return;
    chosen.add(element);
    attributes.intercept(element, { attribute: (name) => CHOOSING.test(name) });
  }

  return {
    [Op.Candidate]: (facts) => {
      const [image, url, density] = [nodes.element(facts.num()), facts.text(), facts.num()];
      if (image.localName !== "img" || !(density > 0)) return;
      const source = rewriteSrcset(`${url.replace(/\s/g, "%20")} ${density}x`, mirror.addressOf(image.ownerDocument));
      if (source === "") return;
      const parent = image.parentNode;
      if (parent && isElement(parent) && parent.localName === "picture") {
        for (const sibling of parent.querySelectorAll("source")) leaveChoice(sibling);
      }
      leaveChoice(image);
      image.setAttribute("srcset", source);
    },
  };
}
