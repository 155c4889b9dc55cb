// biome-ignore-all lint/a11y/useSemanticElements: a grid whose rows stand anywhere in it is no table element; it has the focus, its rows and cells do not
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid whose rows stand anywhere in it is no table element; it has the focus, its rows and cells do not
/** Rows of visitors, few of them in the document, however many there are. The grid has the focus, one of its rows is chosen. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { toast } from "../parts/toasts.tsx";
import { useVirtual } from "../parts/virtual.ts";
import { useDesk, useMay } from "../state/desk.ts";
import { startSession } from "../state/watching.ts";
import { WORDS } from "../words.ts";
import { Row } from "./row.tsx";
import type { Shown } from "./shown.ts";

export interface GridProps {
  count: number;
  /** Another place begins at the top. */
  place: string;
  /** Changes when rows change places. */
  version: number;
  rowAt: (index: number) => Shown | null;
  indexOf: (id: string) => number;
  keyOf: (index: number) => string | number;
  onSight: (from: number, to: number) => void;
  isLoading: boolean;
  /** What the last column says. */
  since: string;
}

const HEAD_PX = 36;
const ROW_PX = 56;
const NARROW_ROW_PX = 76;
const narrow = window.matchMedia("(max-width: 720px)");

export function Grid(props: GridProps) {
  const { count, place, rowAt, keyOf, onSight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = useIsNarrow() ? NARROW_ROW_PX : ROW_PX;
  const chosen = useChosen(props);
  const headPx = rowPx === ROW_PX ? HEAD_PX : 0;
  const virtual = useVirtual({ count, rowPx, headPx, scroller, kept: chosen.index });
  const first = virtual.rows[0]?.index ?? 0;
  const last = virtual.rows.at(-1)?.index ?? 0;
  // Told when other rows come in sight.
  useEffect(() => {
    if (count > 0) onSight(first, last);
  }, [first, last, count, place]);
  // Another place begins at the top.
  useLayoutEffect(() => virtual.toTop(), [place]);
  const open = useOpening();
  return (
    <div
      ref={scroller}
      class="grid"
      role="grid"
      tabIndex={0}
      aria-label={WORDS.visitors.title}
      aria-rowcount={count + 1}
      aria-busy={props.isLoading}
      aria-activedescendant={chosen.index >= 0 ? rowId(chosen.id) : undefined}
      onKeyDown={(event) => {
        const index = moved(
          event,
          chosen.at(),
          count,
          Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1),
        );
        if (index !== null) {
          event.preventDefault();
          chosen.choose(index);
          virtual.scrollTo(index);
        } else if (event.key === "Enter" && event.target === event.currentTarget) {
          event.preventDefault();
          const row = chosen.row();
          if (row) open(row, event.shiftKey);
        }
      }}
    >
      <Head since={props.since} />
      <div class="grid-rows" role="rowgroup" style={{ height: `${virtual.heightPx}px` }}>
        {virtual.rows.map(({ index, start }) => (
          <Row
            key={keyOf(index)}
            index={index}
            top={start - headPx}
            rowAt={rowAt}
            version={props.version}
            chosen={index === chosen.index}
            onChoose={() => chosen.choose(index)}
            open={open}
          />
        ))}
      </div>
    </div>
  );
}

export const rowId = (id: string): string => `visitor-${id}`;

function Head({ since }: { since: string }) {
  const { name, page, place, device } = WORDS.visitors;
  return (
    <div class="grid-head" role="rowgroup">
      <div role="row" class="cells" aria-rowindex={1}>
        {[name, page, place, device, since].map((words) => (
          <span key={words} role="columnheader">
            {words}
          </span>
        ))}
        <span role="columnheader">
          <span class="unseen">{WORDS.actions}</span>
        </span>
      </div>
    </div>
  );
}

/** The chosen row follows its visitor when rows move. Asked anew for each key: several may come before the next drawing. */
function useChosen({ count, rowAt, indexOf, place }: GridProps) {
  const chosen = useSignal<{ place: string; id: string; index: number } | null>(null);
  const at = (): number => {
    // Nobody is chosen in another place.
    if (chosen.value?.place !== place) return -1;
    const found = indexOf(chosen.value.id);
    return Math.min(found >= 0 ? found : chosen.value.index, count - 1);
  };
  return {
    at,
    index: at(),
    id: chosen.value?.id ?? "",
    row: () => (at() >= 0 ? rowAt(at()) : null),
    choose: (index: number) => {
      chosen.value = { place, id: rowAt(index)?.id ?? "", index };
    },
  };
}

/** Where a key moves to; null when it moves nowhere. */
function moved(event: KeyboardEvent, from: number, count: number, page: number): number | null {
  if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return null;
  const to: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const index = to[event.key];
  return index === undefined ? null : Math.max(0, Math.min(index, count - 1));
}

function useOpening(): (row: Shown, starts: boolean) => void {
  const desk = useDesk();
  const { route } = useLocation();
  const mayStart = useMay("POST /visitors/{short_id}/watch");
  return (row, starts) => {
    if (!starts) route(`/console/visitors/${row.id}`);
    else if (mayStart) {
      startSession(desk, row.id).then((problem) => {
        if (problem) toast(problem.words, true);
      });
    }
  };
}

function useIsNarrow(): boolean {
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const onChange = () => setIs(narrow.matches);
    narrow.addEventListener("change", onChange);
    return () => narrow.removeEventListener("change", onChange);
  }, []);
  return is;
}
