/** What the dock shows: lines of the page's console, notes; and what is asked for it. One of each a window. */
import { batch, signal } from "@preact/signals";
import type { Note } from "#protocol/messages";
import type { Actions } from "./connection.ts";
import { EMPTY_LOG, take } from "./log.ts";
import type { State } from "./state.ts";

export const log = signal(EMPTY_LOG);
/** Oldest first; null before they were told. */
export const notes = signal<readonly Note[] | null>(null);
/** The note that is being written, kept while the panel is closed. */
export const draft = signal("");
/** The number of the note that is on its way. */
export const sending = signal<number | null>(null);

/** Take in what concerns the dock, from now on. */
export function hear(state: State): void {
  state.hears.value = (message) => {
    switch (message.type) {
      case "console_told":
        log.value = take(log.value, message, Date.now());
        break;
      case "notes":
        notes.value = message.notes;
        break;
      case "error":
        // It may have been about the note: that stays in the field.
        sending.value = null;
        break;
      case "note_added":
        batch(() => {
          // What was told meanwhile may have it already.
          const others = (notes.value ?? []).filter(({ id }) => id !== message.note.id);
          if (notes.value) notes.value = [...others, message.note];
          if (message.seat !== state.welcome.value?.me || message.wrote !== sending.value) return;
          sending.value = null;
          draft.value = "";
        });
    }
  };
}

/** Have the visitor asked whether this agent may read the page's console. */
export function readConsole(state: State, actions: Actions): void {
  state.consoleWanted.value = actions.wish({ kind: "read_console" });
}

/** Read it no longer, or take the question back. */
export function releaseConsole(state: State, actions: Actions): void {
  state.consoleWanted.value = null;
  actions.say({ type: "release_console" });
}

export function askNotes(actions: Actions): void {
  actions.say({ type: "notes_wanted" });
}

/** Write down what stands in the draft. */
export function writeNote(actions: Actions): void {
  const text = draft.value.trim();
  if (text === "" || sending.value !== null) return;
  sending.value = Date.now();
  actions.say({ type: "note_written", id: sending.value, text });
}
