/** The visitor's pointer: where it is, and the elements that match :hover and :active (see stage/css.ts). */
import { Op } from "#protocol/facts";
import { isElement, outerNode } from "../nodes/numbers.ts";
import { MARK } from "../stage/css.ts";
import type { Kinds, Mirror } from "./mirror.ts";

/** Return a node and all it is in, through shadow hosts and frames, elements only. */
export function chainOf(node: Node | null): Set<Element> {
  const chain = new Set<Element>();
  for (let inner = node; inner; inner = outerNode(inner)) if (isElement(inner)) chain.add(inner);
  return chain;
}

/** Make exactly these elements bear the attribute. */
export function markOnly(next: Set<Element>, last: Set<Element>, attribute: string): Set<Element> {
  for (const element of last) if (!next.has(element)) element.removeAttribute(attribute);
  for (const element of next) if (!last.has(element)) element.setAttribute(attribute, "");
  return next;
}

export function startHover({ nodes, options, frame }: Mirror): Kinds {
  let hovered = new Set<Element>();
  let pressed = new Set<Element>();
  const inside = (chain: Set<Element>) => {
    chain.delete(frame);
    for (let outer = frame.parentElement; outer; outer = outer.parentElement) chain.delete(outer);
    return chain;
  };
  return {
    [Op.Hover]: (facts) => {
      const id = facts.num();
      hovered = markOnly(inside(chainOf(nodes.nodeOf(id) ?? null)), hovered, MARK.hover);
    },
    [Op.Pointer]: (facts) => {
      const [x, y, down] = [facts.num(), facts.num(), facts.num() === 1];
      pressed = markOnly(down ? new Set(hovered) : new Set(), pressed, MARK.active);
      options.onVisitorPointer?.(x < 0 ? null : { x, y, pressed: down });
    },
  };
}
