/** The one state of the watch page: what messages told, as signals. Only `receive` and the connection write it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LinkStatus } from "#link/ports";
import type { Agent, AgentWelcome, SessionState, ToAgent } from "#protocol/messages";
import type { Zoom } from "./scale.ts";
import { type Situation, tell } from "./situation.ts";
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

export interface State {
  readonly hasSeat: boolean;
  readonly link: Signal<LinkStatus>;
  readonly roundTripMs: Signal<number | null>;
  readonly welcome: Signal<AgentWelcome | null>;
  readonly session: Signal<SessionState | null>;
  readonly before: Signal<Phase | null>;
  readonly sinceMs: Signal<number>;
  readonly liveSinceMs: Signal<number | null>;
  /** Page size in the visitor's CSS pixels; null before the first picture. */
  readonly pageSize: Signal<{ width: number; height: number } | null>;
  readonly page: Signal<PageShown | null>;
  readonly hasPicture: Signal<boolean>;
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
  readonly asksEnd: Signal<boolean>;
  readonly showsHelp: Signal<boolean>;

  readonly situation: ReadonlySignal<Situation>;
  readonly visitor: ReadonlySignal<string>;
  readonly controls: ReadonlySignal<boolean>;
  /** The other agent who holds control. */
  readonly holder: ReadonlySignal<Agent | null>;
  readonly mayControl: ReadonlySignal<boolean>;
}

/** After this long without a welcome the page says that it still tries. */
const SLOW_MS = 5000;

export function createState(hasSeat: boolean, nowMs: number): State {
  const first = {
    hasSeat,
    link: signal<LinkStatus>("connecting"),
    roundTripMs: signal<number | null>(null),
    welcome: signal<AgentWelcome | null>(null),
    session: signal<SessionState | null>(null),
    before: signal<Phase | null>(null),
    sinceMs: signal(nowMs),
    liveSinceMs: signal<number | null>(null),
    pageSize: signal<{ width: number; height: number } | null>(null),
    page: signal<PageShown | null>(null),
    hasPicture: signal(false),
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
    asksEnd: signal(false),
    showsHelp: signal(false),
  };
  const me = computed(() => first.welcome.value?.me ?? null);
  return {
    ...first,
    situation: computed(() =>
      tell({
        hasSeat,
        link: first.link.value,
        welcome: first.welcome.value,
        session: first.session.value,
        before: first.before.value,
        sinceMs: first.sinceMs.value,
        hasPicture: first.hasPicture.value,
        refused: first.refused.value,
        hindrance: first.hindrance.value,
        slow: first.welcome.value === null && first.nowMs.value - nowMs > SLOW_MS,
        leaving: first.leaving.value,
      }),
    ),
    visitor: computed(() => first.welcome.value?.visitor.name ?? "the visitor"),
    controls: computed(() => me.value !== null && first.session.value?.control === me.value && !first.releasing.value),
    holder: computed(() => {
      const session = first.session.value;
      if (!session || session.control === me.value) return null;
      return session.agents.find((agent) => agent.id === session.control) ?? null;
    }),
    mayControl: computed(() => {
      const may = first.session.value?.permissions;
      return may !== undefined && (may.allow_click !== false || may.allow_scroll !== false || may.allow_type !== false);
    }),
  };
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
  if (session.phase === "live" && state.liveSinceMs.value === null) state.liveSinceMs.value = nowMs;
  const me = state.welcome.value?.me;
  if (session.control === me || session.phase !== "live") state.controlWanted.value = false;
  if (session.control !== me) state.releasing.value = false;
  state.session.value = session;
  const tab = session.tabs.find((one) => one.active);
  if (tab !== undefined) state.page.value = { url: tab.url, title: tab.title };
}

/** Take in one message that is neither welcome nor about the picture. `acted`: the wish was more than pointing. */
export function receive(state: State, message: ToAgent, nowMs: number, acted: (wish: number) => boolean): void {
  switch (message.type) {
    case "session_changed":
      takeSession(state, message.session, nowMs);
      break;
    case "control_refused":
      state.controlWanted.value = false;
      toast(state, refusedNow(message.code, state.visitor.value, state.holder.value?.name ?? null));
      break;
    case "wish_refused":
      if (acted(message.id)) {
        const words = refusedNow(message.code, state.visitor.value, state.holder.value?.name ?? null);
        state.hint.value = { id: message.id, words };
      }
      break;
    case "error": {
      const words = refusedNow(message.code, state.visitor.value, null);
      if (state.link.value !== "open" || message.code === "server_restarting") state.hindrance.value = words;
      else toast(state, words);
      break;
    }
  }
}
