/** The fidelity receipt (SPEC F20): what is on the stage, compared with what the page says of itself. */

import { TreeDigest, type TreeSide } from "#protocol/digest";
import { BadFacts, Op } from "#protocol/facts";
import { MASKED_KIND } from "#protocol/masked";
import { isTemplate } from "../nodes/numbers.ts";
import type { Kinds, Mirror } from "./mirror.ts";
import type { StyleTexts } from "./styles.ts";

interface Part {
  from: number;
  until: number;
  isLast: boolean;
  digest: number;
}

export function startReceipt({ nodes, batchEnd, options }: Mirror, styles: StyleTexts): Kinds {
  /** Told in this batch: they hold for its end. */
  const parts: Part[] = [];
  const side: TreeSide = {
    idOf: (node) => nodes.idOf(node),
    // The title of what is masked is ours.
    attribute: (element, name, value) => (name === "title" && element.hasAttribute(MASKED_KIND) ? null : value),
    text: (text) => styles.textOf(text),
    isExpanded: () => true,
    rootIn: (element) =>
      element.shadowRoot ?? (isTemplate(element) ? element.content : (element as HTMLIFrameElement).contentDocument),
  };

  function digestOf({ from, until }: Part): number {
    const digest = new TreeDigest(side);
    for (let id = from; id < until; id++) {
      const node = nodes.nodeOf(id);
      if (node) digest.add(id, node);
    }
    return digest.value;
  }

  batchEnd.push(() => {
    for (const part of parts.splice(0)) {
      if (digestOf(part) !== part.digest) options.onDiffers?.(`nodes ${part.from} to ${part.until - 1}`);
      else if (part.isLast) options.onVerified?.();
    }
  });

  return {
    [Op.Digest]: (facts) => {
      const part = { from: facts.num(), until: facts.num(), isLast: facts.num() === 1, digest: facts.num() };
      if (part.until - part.from > 1_000_000) throw new BadFacts("a receipt without end");
      if (options.compares !== false) parts.push(part);
    },
  };
}
