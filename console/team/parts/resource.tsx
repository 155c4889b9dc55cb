/** Something that is fetched to be shown: the newest request wins, a failure is told in words and can be tried again. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../state/api.ts";
import { WORDS } from "../words.ts";
import { Button } from "./controls.tsx";
import { Empty } from "./empty.tsx";

export interface Resource<T> {
  data: T | null;
  problem: Problem | null;
  reload: () => void;
  /** Show something else until the next load, as what was just changed. */
  put: (data: T) => void;
}

/** Fetch at once, and again whenever `key` changes. */
export function useResource<T>(key: string, load: () => Promise<T>): Resource<T> {
  const [data, put] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);
  const loading = useRef(load);
  loading.current = load;
  const reload = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    loading.current().then(
      (found) => {
        if (mine !== asked.current) return;
        put(found);
        setProblem(null);
      },
      (reason: unknown) => {
        if (mine === asked.current) setProblem(Problem.of(reason));
      },
    );
  }, []);
  // The key says when it is another thing.
  useEffect(() => {
    put(null);
    reload();
    return () => {
      asked.current += 1;
    };
  }, [key, reload]);
  return { data, problem, reload, put };
}

/** Show what was fetched, or why it was not. */
export function Loaded<T>({ from, children }: { from: Resource<T>; children: (data: T) => ComponentChildren }) {
  if (from.data !== null) return <>{children(from.data)}</>;
  if (from.problem !== null) {
    return (
      <Empty tone="danger" title={WORDS.notLoaded} detail={from.problem.words}>
        {from.problem.canRetry && <Button onClick={from.reload}>{WORDS.tryAgain}</Button>}
      </Empty>
    );
  }
  return (
    <p class="loading" role="status">
      {WORDS.loading}
    </p>
  );
}

/** Do something once at a time, and say what went wrong. */
export function useTask(): {
  busy: boolean;
  problem: Problem | null;
  run: (task: () => Promise<unknown>) => Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(async (task: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await task();
    } catch (reason) {
      setProblem(Problem.of(reason));
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, problem, run };
}
