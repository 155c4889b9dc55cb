/**
 * The fidelity receipt (SPEC F20): after the page has changed, all told nodes are gone through by number, a thin slice at a time,
 * from what the page has and not from what was told, so that a change that was missed shows too. Then there is rest until the next one.
 */

import { TreeDigest, type TreeSide } from "#protocol/digest";
import { Op } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import type { Context } from "./context.ts";
import { native, type Stop } from "./natives.ts";

/** A slice ends after so long, or so many nodes where the clock is coarse. */
const SLICE_MS = 1;
const SLICE_NODES = 400;
const NODES_A_LOOK = 20;
/** Between slices: together about one part in a hundred of the main thread. */
const BETWEEN_MS = 100;
/** Between the start and the first check. */
const FIRST_MS = 3_000;
/** Between a change and the check of the whole page, so that a page in motion is not checked all the time. */
const REST_MS = 10_000;

export interface Receipt {
  /** Check the whole page now. */
  verify(): void;
  stop: Stop;
}

export function startReceipt(context: Context): Receipt {
  const { page, numbers, tree, facts, mask } = context;
  const setTimer = native(page, "setTimeout") as typeof setTimeout;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The number to go on from; -1 while there is nothing to check. */
  let next = -1;
  let isDue = false;

  const side: TreeSide = {
    idOf: (node) => numbers.idOf(node),
    attribute: (element, name, value) => {
      const level = tree.levelOf(element);
      return level === Level.Hidden ? null : mask.attribute(element, element.localName, level, name, value);
    },
    text: (text) =>
      mask.text(text.data, text.parentNode ? tree.opens(text.parentNode) && !tree.isSlottedAway(text) : false),
    isExpanded: (node) => tree.children.has(node),
    rootIn: (element) => tree.rootOf.get(element),
  };

  function begin(delay_ms: number): void {
    next = 0;
    isDue = false;
    clear();
    later(delay_ms);
  }

  function clear(): void {
    native(page, "clearTimeout").call(page, timer as never);
  }

  function later(delay_ms: number): void {
    timer = setTimer.call(
      page,
      () => {
        isDue = true;
        context.soon();
      },
      delay_ms,
    );
  }

  function tellSlice(): void {
    const until_ms = performance.now() + SLICE_MS;
    const digest = new TreeDigest(side);
    const end = numbers.next;
    const from = next;
    let id = from;
    for (let count = 0; id < end; id++) {
      const node = numbers.nodeOf(id);
      if (!node) continue;
      digest.add(id, node);
      if (++count === SLICE_NODES || (count % NODES_A_LOOK === 0 && performance.now() > until_ms)) break;
    }
    next = Math.min(id + 1, end);
    const isLast = next === end;
    facts.slots.push(Op.Digest, from, next, isLast ? 1 : 0, digest.value);
    if (isLast) next = -1;
    else later(BETWEEN_MS);
  }

  context.onLeave(() => {
    // What is to be told anew is not what the page has.
    if (isDue && !context.dirty.any) {
      isDue = false;
      tellSlice();
    } else if (next < 0 && !context.facts.empty) {
      begin(REST_MS);
    }
  });
  begin(FIRST_MS);
  return { verify: () => begin(0), stop: clear };
}
