/** All visitors that are stored, newest first, as a search finds them; more are fetched as the end comes in sight. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { VisitorsAnswer, VisitorTold } from "#protocol/console";
import { Button } from "../parts/controls.tsx";
import { Empty } from "../parts/empty.tsx";
import { Problem } from "../state/api.ts";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";
import { Grid } from "./grid.tsx";
import { fromTold } from "./shown.ts";

export interface ListProps {
  search: string;
  /** The rows of this search are shown; told how many match, null while that is not known. */
  onAnswered: (found: number | null) => void;
  onEveryone: () => void;
}

const AT_ONCE = 100;
/** Rows left below those in sight when more are fetched. */
const AHEAD = 40;

interface Page {
  search: string;
  visitors: readonly VisitorTold[];
  cursor: string | null;
}

export function Everyone({ search, onAnswered }: Omit<ListProps, "onEveryone">) {
  const { page, problem, fetchMore, again } = useSearch(search);
  const visitors = page?.visitors;
  useEffect(() => {
    if (page?.search === search) onAnswered(page.cursor === null ? page.visitors.length : null);
  }, [page]);
  if (problem) {
    return (
      <Empty tone="danger" title={WORDS.notLoaded} detail={problem.words}>
        <Button onClick={again}>{WORDS.tryAgain}</Button>
      </Empty>
    );
  }
  if (visitors?.length === 0) {
    if (search === "") return <Empty title={WORDS.visitors.none} detail={WORDS.visitors.noneDetail} />;
    return <Empty title={WORDS.visitors.noMatchAll} detail={WORDS.visitors.noMatchDetail} />;
  }
  return (
    <Grid
      count={visitors?.length ?? 0}
      place={search}
      version={0}
      rowAt={(index) => {
        const told = visitors?.[index];
        return told ? fromTold(told) : null;
      }}
      indexOf={(id) => visitors?.findIndex((one) => one.short_id === id) ?? -1}
      keyOf={(index) => visitors?.[index]?.short_id ?? index}
      onSight={(_, to) => {
        if (page?.cursor && to + AHEAD > page.visitors.length) fetchMore();
      }}
      isLoading={page === null}
      since={WORDS.visitors.seen}
    />
  );
}

function useSearch(search: string) {
  const { api } = useDesk();
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asking = useRef<string | null>(null);
  const ask = (cursor: string | null) => {
    const mine = JSON.stringify([search, cursor]);
    if (asking.current === mine) return;
    asking.current = mine;
    api("GET /visitors", { query: { search, max_results: AT_ONCE, cursor } }).then(
      (told: VisitorsAnswer) => {
        if (asking.current !== mine) return;
        setProblem(null);
        setPage((had) => ({
          search,
          visitors: cursor && had ? [...had.visitors, ...told.visitors] : told.visitors,
          cursor: told.next_cursor ?? null,
        }));
      },
      (reason: unknown) => {
        if (asking.current !== mine) return;
        asking.current = null;
        setProblem(Problem.of(reason));
      },
    );
  };
  // Asked anew for another search only.
  useEffect(() => ask(null), [search]);
  return { page, problem, fetchMore: () => page?.search === search && ask(page.cursor), again: () => ask(null) };
}
