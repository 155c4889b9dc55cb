/** The panels that the dock shows: a bundle of its own. */
import { ConsolePanel } from "./console_panel.tsx";
import { NotesPanel } from "./notes_panel.tsx";

export const PANELS = { console: ConsolePanel, notes: NotesPanel };
