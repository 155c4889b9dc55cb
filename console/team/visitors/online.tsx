/** Those who are online, as they come and go: the server keeps the window of rows that is in sight. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { VisitorRow } from "#protocol/console";
import { Button } from "../parts/controls.tsx";
import { Empty } from "../parts/empty.tsx";
import { useDesk } from "../state/desk.ts";
import { ListWindow, type Wanted, windowFor } from "../state/window.ts";
import { WORDS } from "../words.ts";
import { Everyone, type ListProps } from "./everyone.tsx";
import { Grid } from "./grid.tsx";
import { fromRow } from "./shown.ts";

/** A fast scroll asks for where it ends, not for all that it passes. */
const SCROLLING_MS = 60;
const FIRST: Wanted = { first: 0, count: 80 };
let asks = 0;

export function Online({ search, onAnswered, onEveryone }: ListProps) {
  const socket = useDesk().socket.value;
  const list = useMemo(() => new ListWindow<VisitorRow>((row) => row.short_id), []);
  const wanted = useRef<Wanted>(FIRST);
  const timer = useRef(0);
  const ask = useRef<() => void>(() => undefined);
  ask.current = () => {
    asks += 1;
    socket?.watch("visitors", { type: "list_visitors", ask: asks, search, ...wanted.current }, (told) => {
      list.take(told);
      onAnswered(told.total);
    });
  };
  // Another search begins at the top.
  useEffect(() => {
    wanted.current = FIRST;
    ask.current();
    return () => clearTimeout(timer.current);
  }, [search, socket]);
  useEffect(() => () => socket?.stop("visitors"), [socket]);
  const onSight = (from: number, to: number) => {
    const next = windowFor(from, to, wanted.current);
    if (next === wanted.current) return;
    wanted.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask.current(), SCROLLING_MS) as unknown as number;
  };

  const total = list.total.value;
  // Where the socket cannot be had, the list is at least right when it is asked for.
  if (total === null && socket?.status.value === "lost") {
    return <Everyone search={`online ${search}`.trim()} onAnswered={onAnswered} />;
  }
  if (total === 0) return <Nobody search={search} onEveryone={onEveryone} />;
  return (
    <Grid
      count={total ?? 0}
      place={search}
      version={list.version.value}
      rowAt={(index) => {
        const row = list.at(index);
        return row && fromRow(row.value);
      }}
      indexOf={(id) => list.indexOf(id)}
      keyOf={(index) => list.at(index)?.peek().short_id ?? index}
      onSight={onSight}
      isLoading={total === null}
      since={WORDS.visitors.since}
    />
  );
}

function Nobody({ search, onEveryone }: { search: string; onEveryone: () => void }) {
  if (search === "") return <Empty title={WORDS.visitors.nobody} detail={WORDS.visitors.nobodyDetail} />;
  return (
    <Empty title={WORDS.visitors.noMatch} detail={WORDS.visitors.noMatchDetail}>
      <Button icon="search" onClick={onEveryone}>
        {WORDS.visitors.lookEveryone}
      </Button>
    </Empty>
  );
}
