/** The one state of the watch page: what messages told, as signals. Only `receive` and the connection write it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Shape } from "#ink/shapes";
import type { LinkStatus } from "#link/ports";
import type { Tool } from "#player/ports";
import type { Agent, AgentWelcome, Permissions, SessionState, ToAgent, Wish } from "#protocol/messages";
import type { Zoom } from "./scale.ts";
import { type Situation, tell } from "./situation.ts";
import type { Speech } from "./speech.ts";
import { type Phase, refusedNow } from "./words.ts";

export interface Toast {
  readonly id: number;
  readonly words: string;
}

/** A refusal shown beside the agent's pointer for a moment. */
export interface Hint {
  readonly id: number;
  readonly words: string;
}

export interface PageShown {
  readonly url: string;
  readonly title: string;
}

export type Dock = "console" | "notes";

/** What is drawn by moving the pointer. */
export type DrawingShape = Exclude<Shape, "outline">;

/** How long after the visitor's page the picture is painted here, ms: half of the times, and 95 times in 100. */
export interface Delays {
  readonly usual_ms: number;
  readonly most_ms: number;
}

export interface State {
  readonly speech: Speech;
  readonly hasSeat: boolean;
  readonly link: Signal<LinkStatus>;
  /** When the connection was lost last, on this machine's clock. */
  readonly goneMs: Signal<number>;
  readonly roundTripMs: Signal<number | null>;
  /** null while nothing was measured. */
  readonly delays: Signal<Delays | null>;
  /** How far apart changes come because the visitor's page is busy, ms (SPEC F26); null when they come at once. */
  readonly busyMs: Signal<number | null>;
  readonly welcome: Signal<AgentWelcome | null>;
  readonly session: Signal<SessionState | null>;
  readonly before: Signal<Phase | null>;
  readonly sinceMs: Signal<number>;
  /** When the visitor's announced absence should be over. */
  readonly backMs: Signal<number | null>;
  readonly liveSinceMs: Signal<number | null>;
  /** Page size in the visitor's CSS pixels; null before the first picture. */
  readonly pageSize: Signal<{ width: number; height: number } | null>;
  readonly page: Signal<PageShown | null>;
  readonly hasPicture: Signal<boolean>;
  /** All of the page is there, not only what came first. */
  readonly hasWhole: Signal<boolean>;
  readonly refused: Signal<{ code: string } | null>;
  readonly hindrance: Signal<string | null>;
  readonly leaving: Signal<"no" | "ending" | "left">;
  /** Control was asked for here and is neither given nor refused yet. */
  readonly controlWanted: Signal<boolean>;
  /** Control was given back here; counts at once, whatever the server still says. */
  readonly releasing: Signal<boolean>;
  readonly retryUrl: Signal<string | null>;
  readonly toasts: Signal<readonly Toast[]>;
  readonly hint: Signal<Hint | null>;
  readonly zoom: Signal<Zoom>;
  readonly scale: Signal<number>;
  readonly nowMs: Signal<number>;
  /** When the picture was last found to be the page's (SPEC F20); null before that and while it is made anew. */
  readonly verifiedMs: Signal<number | null>;
  readonly asksEnd: Signal<boolean>;
  readonly showsHelp: Signal<boolean>;
  /** What the pointer does while this agent does not control. */
  readonly tool: Signal<Tool>;
  /** The shape drawn last; the button draws it again. */
  readonly shape: Signal<DrawingShape>;
  /** What is open beside the picture. */
  readonly dock: Signal<Dock | null>;
  /** Takes what the dock shows, once its bundle is there. */
  readonly hears: Signal<((message: ToAgent) => void) | null>;
  /** The wish to read the console that is not answered yet. */
  readonly consoleWanted: Signal<number | null>;
  /** What is open, above the tools or below the bar. */
  readonly menu: Signal<"shapes" | "colors" | "tabs" | "connection" | null>;

  readonly situation: ReadonlySignal<Situation>;
  /** The visitor's name, or words for it. */
  readonly visitor: ReadonlySignal<string>;
  readonly controls: ReadonlySignal<boolean>;
  /** The other agent who holds control. */
  readonly holder: ReadonlySignal<Agent | null>;
  readonly mayControl: ReadonlySignal<boolean>;
  readonly mayDraw: ReadonlySignal<boolean>;
  readonly mayTravel: ReadonlySignal<boolean>;
  readonly mayReadConsole: ReadonlySignal<boolean>;
  readonly mayNote: ReadonlySignal<boolean>;
  readonly readsConsole: ReadonlySignal<boolean>;
  /** This agent, as the session has them. */
  readonly me: ReadonlySignal<Agent | null>;
}

/** After this long without a welcome the page says that it still tries. */
const SLOW_MS = 5000;

export function createState(hasSeat: boolean, nowMs: number, speech: Speech): State {
  const first = {
    speech,
    hasSeat,
    link: signal<LinkStatus>("connecting"),
    goneMs: signal(0),
    roundTripMs: signal<number | null>(null),
    delays: signal<Delays | null>(null),
    busyMs: signal<number | null>(null),
    welcome: signal<AgentWelcome | null>(null),
    session: signal<SessionState | null>(null),
    before: signal<Phase | null>(null),
    sinceMs: signal(nowMs),
    backMs: signal<number | null>(null),
    liveSinceMs: signal<number | null>(null),
    pageSize: signal<{ width: number; height: number } | null>(null),
    page: signal<PageShown | null>(null),
    hasPicture: signal(false),
    hasWhole: signal(false),
    refused: signal<{ code: string } | null>(null),
    hindrance: signal<string | null>(null),
    leaving: signal<"no" | "ending" | "left">("no"),
    controlWanted: signal(false),
    releasing: signal(false),
    retryUrl: signal<string | null>(null),
    toasts: signal<readonly Toast[]>([]),
    hint: signal<Hint | null>(null),
    zoom: signal<Zoom>("fit"),
    scale: signal(1),
    nowMs: signal(nowMs),
    verifiedMs: signal<number | null>(null),
    asksEnd: signal(false),
    showsHelp: signal(false),
    tool: signal<Tool>("look"),
    shape: signal<DrawingShape>("line"),
    menu: signal<"shapes" | "colors" | "tabs" | "connection" | null>(null),
    dock: signal<Dock | null>(null),
    hears: signal<((message: ToAgent) => void) | null>(null),
    consoleWanted: signal<number | null>(null),
  };
  const me = computed(() => first.welcome.value?.me ?? null);
  const agent = computed(() => first.session.value?.agents.find(({ id }) => id === me.value) ?? null);
  const may = (right: keyof Permissions) =>
    first.session.value !== null && first.session.value.permissions[right] !== false;
  return {
    ...first,
    situation: computed(() =>
      tell(
        {
          hasSeat,
          link: first.link.value,
          welcome: first.welcome.value,
          session: first.session.value,
          before: first.before.value,
          sinceMs: first.sinceMs.value,
          backMs: first.backMs.value,
          hasPicture: first.hasPicture.value,
          refused: first.refused.value,
          hindrance: first.hindrance.value,
          slow: first.welcome.value === null && first.nowMs.value - nowMs > SLOW_MS,
          leaving: first.leaving.value,
        },
        speech.say,
      ),
    ),
    visitor: computed(() => first.welcome.value?.visitor.name ?? speech.say("theVisitor")),
    controls: computed(() => me.value !== null && first.session.value?.control === me.value && !first.releasing.value),
    holder: computed(() => {
      const session = first.session.value;
      if (!session || session.control === me.value) return null;
      return session.agents.find((agent) => agent.id === session.control) ?? null;
    }),
    mayDraw: computed(() => may("allow_draw")),
    mayTravel: computed(() => may("allow_agent_redirect")),
    mayReadConsole: computed(() => first.session.value?.permissions.allow_console === true),
    mayNote: computed(() => may("allow_notes")),
    readsConsole: computed(() => agent.value?.reads_console === true),
    me: agent,
    mayControl: computed(() => may("allow_click") || may("allow_scroll") || may("allow_type")),
  };
}

/** Whether the visitor's page is there to be pointed at. */
export function isThere(state: State): boolean {
  const { kind } = state.situation.value;
  return kind === "live" || kind === "hidden";
}

/** Keys typed into a short cut arrive after it (SPEC K3); later ones would meet a page that has gone on. */
const KEYS_WAIT_MS = 10_000;

/** Whether a wish may be made now. */
export function mayWish(state: State, wish: Wish, nowMs: number): boolean {
  const isCut = state.situation.value.kind === "reconnecting" && nowMs - state.goneMs.value < KEYS_WAIT_MS;
  return isThere(state) || (isCut && /press_key|type_text/.test(wish.kind));
}

/** Take a tool in hand; who controls gives that back for it. */
export function takeTool(state: State, actions: { releaseControl(): void }, tool: Tool): void {
  if (tool !== "look" && !state.mayDraw.value) return;
  if (state.controls.value || state.controlWanted.value) actions.releaseControl();
  state.tool.value = tool;
  if (tool === "line" || tool === "arrow" || tool === "rectangle") state.shape.value = tool;
}

/** Ask for control, give it back, or take the question back, whichever comes next. */
export function switchControl(state: State, actions: { requestControl(): void; releaseControl(): void }): void {
  if (state.controls.value || state.controlWanted.value) actions.releaseControl();
  else if (state.session.value?.phase === "live" && state.mayControl.value) actions.requestControl();
}

/** Go between fitting the window and 100 %. */
export function switchFit(state: State): void {
  state.zoom.value = state.zoom.value === "fit" ? 1 : "fit";
}

export const mayDock = (state: State, dock: Dock): boolean =>
  dock === "console" ? state.mayReadConsole.value : state.mayNote.value;

/** Open it, or close it where it is open. */
export function switchDock(state: State, dock: Dock): void {
  state.dock.value = state.dock.value === dock || !mayDock(state, dock) ? null : dock;
}

/** Choose the visitor's next or previous tab (`step` 1, -1) for all agents. */
export function stepTab(state: State, actions: { showTab(tab: string): void }, step: 1 | -1): void {
  const tabs = state.session.value?.tabs ?? [];
  const at = tabs.findIndex((tab) => tab.active);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  if (next && !next.active) actions.showTab(next.id);
}

/** Add a line that goes away by itself; the same words are not shown twice at once. */
export function toast(state: State, words: string): void {
  const rest = state.toasts.value.filter((one) => one.words !== words);
  state.toasts.value = [...rest, { id: nextId(rest), words }].slice(-3);
}

function nextId(toasts: readonly Toast[]): number {
  return toasts.reduce((most, one) => Math.max(most, one.id), 0) + 1;
}

/** Take in what the server says of the session (X1). */
export function takeSession(state: State, session: SessionState, nowMs: number): void {
  const known = state.session.value;
  if (known !== null && known.phase !== session.phase) {
    state.before.value = known.phase;
    state.sinceMs.value = nowMs;
  }
  state.backMs.value = session.absence ? nowMs + session.absence.returns_in_s * 1000 : null;
  if (session.phase === "live" && state.liveSinceMs.value === null) state.liveSinceMs.value = nowMs;
  const me = state.welcome.value?.me;
  if (session.control === me || session.phase !== "live") state.controlWanted.value = false;
  if (session.control === me || session.permissions.allow_draw === false) state.tool.value = "look";
  if (session.control !== me) state.releasing.value = false;
  state.session.value = session;
  if (state.readsConsole.value || session.phase === "ended") state.consoleWanted.value = null;
  if (state.dock.value && !mayDock(state, state.dock.value)) state.dock.value = null;
  const tab = session.tabs.find((one) => one.active);
  if (tab !== undefined) state.page.value = { url: tab.url, title: tab.title };
}

/** Take in one message that is neither welcome nor about the picture. `acted`: the wish was more than pointing. */
export function receive(state: State, message: ToAgent, nowMs: number, acted: (wish: number) => boolean): void {
  const { say } = state.speech;
  switch (message.type) {
    case "session_changed":
      takeSession(state, message.session, nowMs);
      break;
    case "visitor_changed":
      if (state.welcome.value) state.welcome.value = { ...state.welcome.value, visitor: message.visitor };
      break;
    case "control_refused":
      state.controlWanted.value = false;
      toast(state, refusedNow(say, message.code, state.visitor.value, state.holder.value?.name ?? null));
      break;
    case "wish_refused":
      if (message.id === state.consoleWanted.value) {
        state.consoleWanted.value = null;
        toast(state, refusedNow(say, message.code, state.visitor.value, null));
      } else if (acted(message.id)) {
        const words = refusedNow(say, message.code, state.visitor.value, state.holder.value?.name ?? null);
        state.hint.value = { id: message.id, words };
      }
      break;
    case "error": {
      state.hears.value?.(message);
      const words = refusedNow(say, message.code, state.visitor.value, null);
      if (state.link.value !== "open" || message.code === "server_restarting") state.hindrance.value = words;
      else toast(state, words);
      break;
    }
    default:
      state.hears.value?.(message);
  }
}
