/** The page's console, once the visitor has agreed (A2, SPEC C): levels, filter, copy; before that, the way to ask. */
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Actions } from "./connection.ts";
import { log, readConsole, releaseConsole } from "./dock_state.ts";
import { Icon } from "./icons.tsx";
import { asText, EMPTY_LOG, fitting, LEVELS, type Level, type Line } from "./log.ts";
import { isThere, type State, toast } from "./state.ts";

export interface PanelProps {
  state: State;
  actions: Actions;
  close(): void;
}

const NAMES = { error: "errors", warn: "warnings", info: "messages", debug: "details" } as const;
/** Within so many pixels of the end new lines are followed. */
const AT_END = 24;

export function ConsolePanel(props: PanelProps) {
  const { state, actions, close } = props;
  const { say } = state.speech;
  const reads = state.readsConsole.value;
  return (
    <>
      <header>
        <h2>{say("console")}</h2>
        {reads && (
          <button type="button" class="button" onClick={() => releaseConsole(state, actions)}>
            {say("consoleStop")}
          </button>
        )}
        <button type="button" class="tool" aria-label={say("close")} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {!reads && <Ask {...props} />}
      {(reads || log.value.lines.length > 0) && <Lines state={state} />}
    </>
  );
}

function Ask({ state, actions }: PanelProps) {
  const { say } = state.speech;
  const visitor = state.visitor.value;
  const button = useRef<HTMLButtonElement>(null);
  const wanted = state.consoleWanted.value !== null;
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), [wanted]);
  const off = !isThere(state) || state.link.value !== "open";
  if (wanted) {
    return (
      <div class="dock-ask">
        <p role="status">{say("consoleWaiting", { visitor })}</p>
        <button type="button" ref={button} class="button" onClick={() => releaseConsole(state, actions)}>
          {say("cancel")}
        </button>
      </div>
    );
  }
  return (
    <div class="dock-ask">
      <p role="status">
        {log.value.lines.length > 0 && <strong>{say("consoleOver", { visitor })} </strong>}
        {say("consoleAskDetail", { visitor })}
      </p>
      <button
        type="button"
        ref={button}
        class="button first"
        aria-disabled={off}
        onClick={() => {
          if (!off) readConsole(state, actions);
        }}
      >
        {say("consoleAsk", { visitor })}
      </button>
    </div>
  );
}

function Lines({ state }: { state: State }) {
  const { say, number } = state.speech;
  const [levels, setLevels] = useState<ReadonlySet<Level>>(new Set(LEVELS));
  const [words, setWords] = useState("");
  const { lines } = log.value;
  const shown = fitting(lines, levels, words);
  const list = useFollowed(shown.at(-1));
  const rows = useRows((line) => row(line, state));
  const errors = lines.reduce((sum, { level, count = 1 }) => sum + (level === "error" ? count : 0), 0);
  const toggle = (level: Level) => {
    const next = new Set(levels);
    if (!next.delete(level)) next.add(level);
    setLevels(next);
  };
  return (
    <>
      <div class="dock-bar">
        <input
          type="search"
          class="dock-filter"
          aria-label={say("filter")}
          placeholder={say("filter")}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser */}
        <div class="levels" role="group" aria-label={say("levels")}>
          {LEVELS.map((level) => (
            <button
              key={level}
              type="button"
              class={`level ${level}`}
              aria-pressed={levels.has(level)}
              onClick={() => toggle(level)}
            >
              {say(NAMES[level])}
            </button>
          ))}
        </div>
        <button type="button" class="button" disabled={shown.length === 0} onClick={() => copy(state, shown)}>
          {say("copy")}
        </button>
        <button
          type="button"
          class="tool"
          aria-label={say("emptyList")}
          title={say("emptyList")}
          onClick={() => {
            log.value = { ...EMPTY_LOG, next: log.value.next };
          }}
        >
          <Icon name="clear" />
        </button>
      </div>
      {shown.length === 0 && <p class="dock-empty">{say(lines.length > 0 ? "nothingFits" : "consoleEmpty")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ol ref={list} class="lines" tabIndex={0} aria-label={say("console")} dir="ltr">
        {shown.map(rows)}
      </ol>
      <p class="unseen" role="status">
        {errors > 0 && `${say("errors")}: ${number(errors)}`}
      </p>
    </>
  );
}

function row(line: Line, { speech: { say, time, number } }: State): ComponentChild {
  const { id, level, kind, text, source, count = 1, withheld, leftOut, atMs } = line;
  return (
    <li key={id} class={`line ${level}`}>
      {leftOut > 0 && <p class="left-out">{say("leftOut", { n: number(leftOut) })}</p>}
      {count > 0 && (
        <div class="said">
          <time>{time(atMs)}</time>
          <span class="level-name">{say(NAMES[level])}</span>
          {count > 1 && <span class="count">×{number(count)}</span>}
          {kind === "uncaught" || kind === "rejection" ? <em>{say(kind)}</em> : null}
          <pre>{withheld ? <i>{say("hiddenPart")}</i> : text}</pre>
          {source && <small>{source}</small>}
        </div>
      )}
    </li>
  );
}

/** A line is drawn once: the same node again costs nothing. */
function useRows(draw: (line: Line) => ComponentChild): (line: Line) => ComponentChild {
  const drawn = useRef(new WeakMap<Line, ComponentChild>());
  return (line) => {
    const known = drawn.current.get(line);
    if (known) return known;
    const made = draw(line);
    drawn.current.set(line, made);
    return made;
  };
}

/** Keep a list at its end while it stands there. */
function useFollowed(last: Line | undefined) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const box = list.current;
    const look = () => {
      if (box) isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END;
    };
    box?.addEventListener("scroll", look, { passive: true });
    return () => box?.removeEventListener("scroll", look);
  }, []);
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo(0, list.current.scrollHeight);
  }, [last]);
  return list;
}

function copy(state: State, lines: readonly Line[]): void {
  const { say } = state.speech;
  const refused = () => toast(state, say("notPossible"));
  if (!navigator.clipboard) refused();
  else navigator.clipboard.writeText(asText(lines)).then(() => toast(state, say("copied")), refused);
}
