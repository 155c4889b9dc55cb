/** The session's notes: those of the team so far, and one more (A2, SPEC E1). The visitor never sees them. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { PanelProps } from "./console_panel.tsx";
import { askNotes, draft, notes, sending, writeNote } from "./dock_state.ts";
import { Icon } from "./icons.tsx";

const MAX_NOTE = 5000;

export function NotesPanel({ state, actions, close }: PanelProps) {
  const { say } = state.speech;
  const isOpen = state.link.value === "open";
  const list = useRef<HTMLOListElement>(null);
  const known = notes.value;
  // Those of before, and what was written elsewhere while the panel or the link was closed.
  useEffect(() => {
    if (isOpen) askNotes(actions);
  }, [isOpen, actions]);
  useLayoutEffect(() => list.current?.scrollTo(0, list.current.scrollHeight), [known]);
  return (
    <>
      <header>
        <h2>{say("notes")}</h2>
        <p class="dock-hint">{say("notesDetail", { visitor: state.visitor.value })}</p>
        <button type="button" class="tool" aria-label={say("close")} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {known?.length === 0 && <p class="dock-empty">{say("noNotes")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ol ref={list} class="lines notes" tabIndex={0} aria-label={say("notes")}>
        {known?.map(({ id, author, text, written_at }) => (
          <li key={id} class="line">
            <p class="note-text" dir="auto">
              {text}
            </p>
            <small>
              {author} · <time dateTime={written_at}>{state.speech.time(Date.parse(written_at))}</time>
            </small>
          </li>
        ))}
      </ol>
      <Write actions={actions} state={state} />
    </>
  );
}

function Write({ state, actions }: Omit<PanelProps, "close">) {
  const { say } = state.speech;
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  const off = draft.value.trim() === "" || sending.value !== null || state.link.value !== "open";
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        if (!off) writeNote(actions);
      }}
    >
      <textarea
        ref={field}
        class="dock-filter"
        rows={2}
        maxLength={MAX_NOTE}
        dir="auto"
        aria-label={say("writeNote")}
        placeholder={say("writeNote")}
        readOnly={sending.value !== null}
        value={draft.value}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !off) writeNote(actions);
        }}
      />
      <button type="submit" class="button" aria-disabled={off} title={`${say("addNote")} (Ctrl+Enter)`}>
        {say("addNote")}
      </button>
    </form>
  );
}
