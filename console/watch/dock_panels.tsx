/** The panels that the dock shows: a bundle of its own. */
import { ConsolePanel } from "./console_panel.tsx";

export const PANELS = { console: ConsolePanel };
