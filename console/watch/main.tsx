/** Entry of the watch page: finds the seat, builds state, picture and connection, and draws. */
import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { createPlayer } from "#player/player";
import type { Player } from "#player/ports";
import { startSense } from "#player/sense/sense";
import "../theme.css";
import { App, type AppProps } from "./app.tsx";
import { inkOn } from "./color.ts";
import { type Connection, connect } from "./connection.ts";
import { type Shortcut, watchKeys } from "./keys.ts";
import { fetchSpeech } from "./languages.ts";
import { startOver } from "./over.ts";
import type { PictureParts } from "./picture.tsx";
import { nextZoom, switchFullScreen } from "./scale.ts";
import { type Seat, type SeatFound, storageOf, takeSeat } from "./seat.ts";
import type { Speech } from "./speech.ts";
import {
  createState,
  isThere,
  mayWish,
  type State,
  stepTab,
  switchControl,
  switchDock,
  switchFit,
  takeTool,
} from "./state.ts";
import "./watch.css";

/** The empty page that carries the stage's own policy. */
const STAGE_URL = "/stage";

async function begin(root: HTMLElement): Promise<void> {
  const found = takeSeat({
    text: document.getElementById("seat")?.textContent ?? null,
    storage: storageOf(window),
    replaceAddress: (path) => history.replaceState(null, "", path),
  });
  try {
    start(root, found, await fetchSpeech([found.language, ...navigator.languages]));
  } catch (reason) {
    // Of another build than the server's by now; without words there is only this.
    console.warn("Twinpane: the page could not begin", reason);
    root.textContent = "This page could not be loaded whole. Load it again.";
  }
}

function start(root: HTMLElement, found: SeatFound, speech: Speech): void {
  Object.assign(document.documentElement, { lang: speech.language, dir: speech.isRtl ? "rtl" : "ltr" });
  const state = createState(found.seat !== null, Date.now(), speech);
  state.retryUrl.value = found.retryUrl;
  state.liveSinceMs.value = found.recall()?.liveSinceMs ?? null;
  setInterval(() => {
    state.nowMs.value = Date.now();
  }, 1000);

  const parts = createParts();
  let connection: Connection | null = null;
  if (found.seat) {
    connection = open(found.seat, state, parts);
    effect(() => found.remember({ liveSinceMs: state.liveSinceMs.value ?? undefined, retryUrl: state.retryUrl.value }));
  }
  effect(() => {
    document.title = titleOf(state);
    tint(state.welcome.value?.branding.color);
  });
  if (parent !== window) {
    const sources = root.dataset["embedders"]?.split(" ") ?? [];
    void import("./embed.ts").then(({ startEmbed }) => startEmbed({ state, connection, sources, view: window }));
  }
  watchKeys({
    belongToVisitor: () => state.controls.value && parts.surface.contains(document.activeElement),
    onShortcut: (shortcut) => act(shortcut, state, connection),
  });
  const cockpit = signal<AppProps["cockpit"]["value"]>(null);
  render(<App state={state} actions={connection} parts={parts} cockpit={cockpit} />, root);
  import("./cockpit.tsx").then(
    (bundle) => {
      cockpit.value = bundle;
      bundle.hear(state);
      bundle.startPan(state, parts.surface);
      if (connection) bundle.measureDelays(state, connection);
    },
    () => {
      // Its name changes with every build: the server has another one by now.
      state.refused.value = { code: "unsupported_protocol" };
    },
  );
}

function createParts(): PictureParts {
  const part = (name: string) => Object.assign(document.createElement("div"), { className: name });
  return { mount: part("stage"), pointers: part("pointers"), surface: part("surface") };
}

function open(seat: Seat, state: State, parts: PictureParts): Connection {
  const over = startOver(state, parts, (wish) => (isThere(state) ? connection.wish(wish) : -1));
  const connection = connect({
    seat,
    state,
    url: `${location.origin.replace(/^http/, "ws")}/ws`,
    now: () => Date.now(),
    createPlayer: (assets) => {
      const player = createPlayer(parts.mount, {
        stageUrl: STAGE_URL,
        hiddenWords: state.speech.say("hiddenPart"),
        hiddenKinds: {
          password: state.speech.say("hiddenPassword"),
          card: state.speech.say("hiddenCard"),
          security_code: state.speech.say("hiddenSecurityCode"),
          expiry: state.speech.say("hiddenExpiry"),
          one_time_code: state.speech.say("hiddenOneTimeCode"),
          email: state.speech.say("hiddenEmail"),
          phone: state.speech.say("hiddenPhone"),
        },
        assets,
        onBroken: (reason) => connection.requestSnapshot(reason),
        onCost: (cost) => {
          state.busyMs.value = cost?.interval_ms ?? null;
        },
        onVerified: () => {
          state.verifiedMs.value = Date.now();
        },
        onDiffers: (reason) => {
          state.verifiedMs.value = null;
          connection.requestSnapshot(reason, true);
        },
        onPage: ({ url, title, width, height }) => {
          state.page.value = { url, title };
          state.pageSize.value = { width, height };
        },
        onFirstPicture: () => {
          state.hasPicture.value = true;
          state.busyMs.value = null;
          over.begin(player);
        },
        onWholePicture: () => {
          state.hasWhole.value = true;
        },
        onMarks: over.told,
        onVisitorPointer: over.visitor,
        onVisiblePart: over.visible,
      });
      sense(player, parts.surface, state, connection);
      return player;
    },
    onPointed: over.pointed,
    onRefused: over.refused,
  });
  return connection;
}

function sense(player: Player, surface: HTMLElement, state: State, connection: Connection): void {
  const { say } = state.speech;
  startSense(surface, {
    player,
    hasControl: () => state.controls.value,
    hasLaser: () => state.tool.value === "laser",
    words: {
      keys: say("youControl", { visitor: state.visitor.value }),
      value: say("value"),
      set: say("set"),
      options: say("options"),
    },
    onWish: (wish) => {
      if (mayWish(state, wish, Date.now())) connection.wish(wish);
    },
    onEscape: () => {
      connection.releaseControl();
      surface.focus({ preventScroll: true });
    },
  });
}

function act(shortcut: Shortcut, state: State, connection: Connection | null): void {
  if (connection === null || state.situation.value.place === "cover" || state.showsHelp.value) return;
  switch (shortcut) {
    case "control":
      if (state.link.value === "open") switchControl(state, connection);
      break;
    case "clear":
      if (state.mayDraw.value && isThere(state)) connection.wish({ kind: "clear_drawings" });
      break;
    case "fit":
      switchFit(state);
      break;
    case "larger":
    case "smaller":
      state.zoom.value = nextZoom(state.scale.value, shortcut === "larger" ? 1 : -1);
      break;
    case "full_screen":
      switchFullScreen();
      break;
    case "tab_before":
    case "tab_after":
      stepTab(state, connection, shortcut === "tab_after" ? 1 : -1);
      break;
    case "console":
    case "notes":
      switchDock(state, shortcut);
      break;
    case "help":
      state.showsHelp.value = true;
      break;
    case "end":
      state.asksEnd.value = true;
      break;
    case "escape":
      if (state.asksEnd.value) state.asksEnd.value = false;
      else if (state.menu.value) state.menu.value = null;
      else if (state.controls.value) connection.releaseControl();
      else state.tool.value = "look";
      break;
    default:
      takeTool(state, connection, shortcut);
  }
}

function titleOf(state: State): string {
  const name = state.welcome.value?.visitor.name;
  const { kind, title } = state.situation.value;
  const brand = state.welcome.value?.branding.naked === "true" ? "" : " - Twinpane";
  return kind === "live" && name ? `${name}${brand}` : `${title}${brand}`;
}

/** Take the integrator's colour for what is pressed; its ink follows, so that it stays readable. */
function tint(color: string | null | undefined): void {
  if (!color || !/^#([\da-f]{3}|[\da-f]{6})$/i.test(color)) return;
  const { style } = document.documentElement;
  for (const name of ["--accent", "--accent-wash"]) style.setProperty(name, color);
  for (const name of ["--on-accent", "--accent-ink"]) style.setProperty(name, inkOn(color));
}

const root = document.getElementById("app");
if (root) void begin(root);
