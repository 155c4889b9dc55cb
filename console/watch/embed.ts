/**
 * In another page's frame (A4): tells that page what happens, and does what it asks. A bundle of its own, fetched there only.
 * Whether an instruction may be followed is for the server's gate and the page's; here is only told what came of it.
 */
import { effect } from "@preact/signals";
import type { Tool } from "#player/ports";
import type { RefusalCode, ToAgent, Wish } from "#protocol/messages";
import type { SessionStatus, ViewerEvent, ViewerInstruction, ViewerState, ViewerTool } from "../viewer/messages.ts";
import type { Connection } from "./connection.ts";
import { letsIn } from "./sources.ts";
import { isThere, type State, takeTool } from "./state.ts";
import { refusedForGood, refusedNow } from "./words.ts";

export interface EmbedOptions {
  state: State;
  /** null: this window has no seat. */
  connection: Connection | null;
  /** Who may embed, as sources of `frame-ancestors`. */
  sources: readonly string[];
  view: Window;
}

/** How far a live picture has come; who asks for one of them has had those before it. */
const LIVE: readonly SessionStatus[] = ["active", "snapshotReceived", "viewerReady"];

/** The names that the page around gives to tools. */
const TOOLS: Readonly<Record<Exclude<ViewerTool, "control">, Tool>> = {
  look: "look",
  laser: "laser",
  draw: "line",
  arrow: "arrow",
  rectangle: "rectangle",
  highlight: "outline",
};

const NAMES = Object.keys(TOOLS) as (keyof typeof TOOLS)[];

const MOST_ZOOM = 4;

/** What was sent may be anything; only the actions are known by name. */
type Asked = Readonly<Record<string, unknown>> & { readonly action?: ViewerInstruction["action"] };
type Tell = <Type extends ViewerEvent["type"]>(type: Type, rest: Omit<ViewerEvent & { type: Type }, "type">) => void;

export function startEmbed({ state, connection, sources, view }: EmbedOptions): void {
  const { say } = state.speech;
  // The policy of this page decides who its parent is; there is no other reader to guard against.
  const tell: Tell = (type, rest) => view.parent.postMessage({ type, ...rest }, "*");
  const fail = (code: string, words?: string) => {
    const message =
      words ?? refusedNow(say, code as RefusalCode, state.visitor.value, state.holder.value?.name ?? null);
    tell("error", { code, message });
  };

  view.addEventListener("message", ({ source, origin, data }: MessageEvent) => {
    if (source !== view.parent || !letsIn(sources, origin, view.location.origin)) return;
    const asked = typeof data === "object" && data !== null ? (data as Asked) : {};
    if (typeof asked["action"] !== "string") return;
    const code = connection ? follow(asked, state, connection) : "session_over";
    if (code) fail(code);
  });

  tellStatus(state, tell);
  effect(() => tell("upscope.sessionState.update", { state: stateOf(state) }));
  effect(() => {
    const color = state.me.value?.color;
    if (color) tell("currentColor", { color });
  });
  effect(() => {
    const code = state.hasSeat ? state.refused.value?.code : "session_over";
    if (code) fail(code, refusedForGood(say, code).title);
  });
  connection?.listen((message, acted) => {
    if (message.type === "custom_message_received") tell("customMessage", { message: message.message });
    const code = refusalIn(message, acted);
    if (code) fail(code);
  });
}

function refusalIn(message: ToAgent, acted: boolean): string | null {
  if (message.type === "wish_refused") return acted ? message.code : null;
  return message.type === "control_refused" || message.type === "error" ? message.code : null;
}

/** Tell each status once as it comes, those before it first; and the end with its reason. */
function tellStatus(state: State, tell: Tell): void {
  let told: SessionStatus | null = null;
  effect(() => {
    const now = statusOf(state);
    if (now === told) return;
    const passed = LIVE.slice(told ? LIVE.indexOf(told) + 1 : 0, Math.max(0, LIVE.indexOf(now)));
    for (const sessionStatus of [...passed, now]) tell("sessionStatusUpdate", { sessionStatus });
    told = now;
    if (now === "terminated") tell("sessionEnded", { reason: reasonOf(state) });
  });
}

function statusOf(state: State): SessionStatus {
  const { kind, place, action } = state.situation.value;
  const phase = state.session.value?.phase;
  if (kind === "left" || (place === "cover" && (action === "again" || action === "reload"))) return "terminated";
  if (phase === "live" || phase === "paused") {
    return state.hasWhole.value ? "viewerReady" : state.hasPicture.value ? "snapshotReceived" : "active";
  }
  return phase === "asking" ? "pendingRequest" : "waiting";
}

function reasonOf(state: State): string {
  if (state.leaving.value === "left") return "left";
  return state.session.value?.end_reason ?? "error";
}

/** All that a toolbar around the picture needs to know. */
function stateOf(state: State): ViewerState {
  const session = state.session.value;
  return {
    situation: state.situation.value.kind,
    words: state.situation.value.title,
    visitor: state.welcome.value?.visitor.name ?? null,
    page: state.page.value,
    me: state.welcome.value?.me ?? null,
    agents: (session?.agents ?? []).map(({ id, name, color, connected }) => ({ id, name, color, connected })),
    tabs: session?.tabs ?? [],
    follows: session?.follows !== false,
    permissions: { ...session?.permissions },
    control: session?.control ?? null,
    hasControl: state.controls.value,
    isAskingControl: state.controlWanted.value,
    tool: NAMES.find((name) => TOOLS[name] === state.tool.value) ?? "look",
    zoom: state.zoom.value,
  };
}

/** Do what was asked. Returns why it could not even be passed on, else null. */
function follow(asked: Asked, state: State, connection: Connection): RefusalCode | null {
  const wish = (wish: Wish): RefusalCode | null => {
    if (!isThere(state)) return "not_live";
    connection.wish(wish);
    return null;
  };
  const done = (act: () => void): RefusalCode | null => {
    if (state.link.value !== "open") return "not_live";
    act();
    return null;
  };
  switch (asked["action"]) {
    case "terminateSession":
      return done(() => connection.end());
    case "setTool":
      return setTool(asked["tool"], state, connection);
    case "setColor": {
      const color = asked["color"];
      return isColor(color) ? done(() => connection.chooseColor(color)) : "bad_message";
    }
    case "clearDrawings":
      return wish({ kind: "clear_drawings" });
    case "scrollTo": {
      const { x, y } = asked;
      return isLength(x) && isLength(y) ? wish({ kind: "scroll_to", node: 0, x, y }) : "bad_message";
    }
    case "redirect": {
      const url = asked["url"];
      return typeof url === "string" && url !== "" ? wish({ kind: "open_url", url }) : "bad_message";
    }
    case "reload":
      return wish({ kind: "travel", to: "reload" });
    case "goBack":
      return wish({ kind: "travel", to: "back" });
    case "goForward":
      return wish({ kind: "travel", to: "forward" });
    case "requestControl":
      return done(() => connection.requestControl());
    case "releaseControl":
      return done(() => connection.releaseControl());
    case "showTab": {
      const tab = asked["tab"] ?? null;
      return tab === null || typeof tab === "string" ? done(() => connection.showTab(tab)) : "bad_message";
    }
    case "customMessage":
      return done(() => connection.message(asked["message"] ?? null));
    case "setZoom":
      return setZoom(asked["zoom"], state);
    case "startCall":
    case "endCall":
      // There are no calls.
      return "not_possible";
    default:
      return "bad_message";
  }
}

function setTool(name: unknown, state: State, connection: Connection): RefusalCode | null {
  if (name === "control") {
    if (!state.controls.value) connection.requestControl();
    return null;
  }
  const known = NAMES.find((one) => one === name);
  const tool = known && TOOLS[known];
  if (tool === undefined) return "bad_message";
  if (tool !== "look" && !state.mayDraw.value) return "not_allowed";
  takeTool(state, connection, tool);
  return null;
}

function setZoom(zoom: unknown, state: State): RefusalCode | null {
  if (zoom !== "fit" && !(isLength(zoom) && zoom > 0 && zoom <= MOST_ZOOM)) return "bad_message";
  state.zoom.value = zoom;
  return null;
}

const isLength = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;

const isColor = (value: unknown): value is string => typeof value === "string" && /^#[\da-f]{6}$/i.test(value);
