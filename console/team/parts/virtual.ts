/** TanStack's virtualiser for Preact: which rows of a long list stand in the document. */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

interface VirtualRows {
  rows: VirtualItem[];
  heightPx: number;
  scrollTo: (index: number) => void;
  toTop: () => void;
}

interface Options {
  count: number;
  rowPx: number;
  /** Height of what stands above the rows and stays in sight. */
  headPx: number;
  scroller: RefObject<HTMLElement | null>;
  /** A row that stays in the document wherever the list is scrolled to: it has the focus. */
  kept: number;
}

export function useVirtual({ count, rowPx, headPx, scroller, kept }: Options): VirtualRows {
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  const options = {
    count,
    estimateSize: () => rowPx,
    getScrollElement: () => scroller.current,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
    overscan: 6,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const inSight = defaultRangeExtractor(range);
      if (kept < 0 || kept >= count || inSight.includes(kept)) return inSight;
      return [...inSight, kept].sort((one, other) => one - other);
    },
  };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  // Another height of rows means measuring anew.
  useLayoutEffect(() => virtual.measure(), [rowPx, virtual]);
  return {
    rows: virtual.getVirtualItems(),
    heightPx: virtual.getTotalSize(),
    scrollTo: (index) => virtual.scrollToIndex(index, { align: "auto" }),
    toTop: () => virtual.scrollToOffset(0),
  };
}
