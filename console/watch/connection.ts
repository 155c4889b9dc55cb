/** Joins link, player and state: messages and frames in, wishes and requests out. */
import { effect } from "@preact/signals";
import { ServerClock } from "#link/server_clock";
import { openLink } from "#link/socket";
import type { Player } from "#player/ports";
import {
  type AgentWelcome,
  type FromAgent,
  PROTOCOL_VERSIONS,
  type ToAgent,
  type Window,
  type Wish,
} from "#protocol/messages";
import type { Seat } from "./seat.ts";
import { receive, type State, takeSession } from "./state.ts";

export interface Actions {
  requestControl(): void;
  releaseControl(): void;
  /** Returns the wish's number. */
  wish(wish: Wish): number;
  /** Say something that is no wish and none of the others. */
  say(message: FromAgent): void;
  /** Have another colour, `#rrggbb`. */
  chooseColor(color: string): void;
  /** Send the page a message of the integrator's own. */
  message(message: unknown): void;
  /** `differs`: nothing broke, but the picture is not the page's (SPEC F20). */
  requestSnapshot(reason: string, differs?: boolean): void;
  /** Have the picture compared with the page now. */
  requestReceipt(): void;
  /** Have all agents see that tab of the visitor's; null: follow the visitor (SPEC X7). */
  showTab(tab: string | null): void;
  /** End the session for all. */
  end(): void;
  /** Go, and let the other agents stay. */
  leave(): void;
}

/** A frame of the page came; `shown` resolves when it has been applied. */
export type FrameHeard = (frame: Uint8Array, shown: Promise<void>) => void;

export interface Connection extends Actions {
  /** What the server's clock shows. */
  readonly clock: ServerClock;
  /** Hear of the frames that come from now on. One listener. */
  watchFrames(heard: FrameHeard): void;
  /** Hear what the server says besides the picture; `acted`: it answers a wish that was more than pointing. One listener. */
  listen(heard: (message: ToAgent, acted: boolean) => void): void;
  stop(): void;
}

export interface ConnectionOptions {
  seat: Seat;
  state: State;
  url: string;
  now(): number;
  /** Build the player once the asset door is known; kept for the life of the window. */
  createPlayer(assets: string): Player;
  /** Another agent pointed or acted. */
  onPointed(agent: string, wish: Wish): void;
  /** A wish of this window was refused. */
  onRefused(wish: number): void;
}

/** As many wishes as can be on their way at once; older ones need no answer. */
const REMEMBERED_WISHES = 64;

/** Connect the seat. Returns what the page can ask for and the way to stop. */
export function connect(options: ConnectionOptions): Connection {
  const { seat, state } = options;
  const acting = new Set<number>();
  // Above those of the windows that had this seat before, by which the page knows what came twice (K3).
  let wishes = Date.now();
  let player: Player | null = null;
  let heard: Parameters<Connection["listen"]>[0] | null = null;
  let frameHeard: FrameHeard | null = null;
  const clock = new ServerClock();

  const link = openLink<FromAgent, ToAgent>({
    url: options.url,
    hello: (marks) => ({
      type: "hello",
      role: "agent",
      protocols: [...PROTOCOL_VERSIONS],
      grant: seat.grant,
      ...marks,
      window: windowNow(),
    }),
    onWelcome: (welcome) => {
      onWelcome(welcome);
    },
    onMessage: (message) => {
      if (message.type === "page_reset") {
        player?.reset(message.epoch);
        // A page that has gone asks nothing any longer.
        if (state.session.value?.asking?.kind !== "console") state.consoleWanted.value = null;
      } else if (message.type === "agent_pointed") options.onPointed(message.agent, message.wish);
      else if (message.type === "pong") clock.hear(message, performance.now());
      else receive(state, message, options.now(), (id) => acting.has(id));
      heard?.(message, message.type === "wish_refused" && acting.has(message.id));
      if (message.type === "wish_refused") options.onRefused(message.id);
      if (state.session.value?.phase === "ended") link.close();
      else link.setActive(state.session.value?.phase === "live");
    },
    onFrame: (frame) => {
      const shown = player?.feed(frame);
      if (shown) frameHeard?.(frame, shown);
    },
    onStatus: (status) => {
      if (status === "reconnecting") state.goneMs.value = options.now();
      state.link.value = status;
      if (status === "open") state.hindrance.value = null;
    },
    onRefused: (code) => {
      state.refused.value = { code };
    },
  });

  function onWelcome(welcome: AgentWelcome): void {
    state.welcome.value = welcome;
    state.hindrance.value = null;
    state.retryUrl.value = webUrl(welcome.branding.retry_url) ?? state.retryUrl.value;
    takeSession(state, welcome.session, options.now());
    player ??= options.createPlayer(welcome.assets);
  }

  // The visitor's page hears that this window shows it (S3); again after a drop, in case it was a new beginning.
  const stopTelling = effect(() => {
    if (state.hasPicture.value && state.link.value === "open") link.send({ type: "picture_shown" });
  });
  const pulse = setInterval(() => {
    state.roundTripMs.value = clock.roundTrip_ms;
  }, 1000);
  const stopWindow = watchWindow(() => {
    if (state.link.value === "open") link.send({ type: "window_changed", window: windowNow() });
  });

  return {
    clock,
    watchFrames(listener) {
      frameHeard = listener;
    },
    requestControl() {
      state.releasing.value = false;
      state.controlWanted.value = !state.controls.value;
      link.send({ type: "request_control" });
    },
    releaseControl() {
      state.controlWanted.value = false;
      state.releasing.value = true;
      link.send({ type: "release_control" });
    },
    wish(wish) {
      const id = wishes++;
      if (wish.kind !== "point") acting.add(id);
      acting.delete(id - REMEMBERED_WISHES);
      link.send({ type: "wish", id, wish });
      return id;
    },
    say: (message) => link.send(message),
    chooseColor(color) {
      link.send({ type: "choose_color", color });
    },
    message(message) {
      link.send({ type: "custom_message_sent", message });
    },
    listen(listener) {
      heard = listener;
    },
    requestSnapshot(reason, differs = false) {
      link.send({ type: "request_snapshot", reason: reason.slice(0, 500), differs });
    },
    requestReceipt() {
      link.send({ type: "request_receipt" });
    },
    showTab(tab) {
      link.send({ type: "show_tab", tab });
    },
    end() {
      state.leaving.value = "ending";
      link.send({ type: "end_session" });
    },
    leave() {
      state.leaving.value = "left";
      link.send({ type: "leave" });
      link.close();
    },
    stop() {
      clearInterval(pulse);
      stopTelling();
      stopWindow();
      player?.stop();
      link.close();
    },
  };
}

/** Return the address when it is one to go to, else null; guards against `javascript:` and the like. */
export function webUrl(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null;
}

function windowNow(): Window {
  return {
    screen_width: screen.width,
    screen_height: screen.height,
    window_width: innerWidth,
    window_height: innerHeight,
    has_focus: document.hasFocus(),
  };
}

function watchWindow(changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 250);
  };
  const kinds = ["resize", "focus", "blur"] as const;
  for (const kind of kinds) addEventListener(kind, soon);
  return () => {
    clearTimeout(timer);
    for (const kind of kinds) removeEventListener(kind, soon);
  };
}
