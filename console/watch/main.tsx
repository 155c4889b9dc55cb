/** Entry of the watch page: finds the seat, builds state, picture and connection, and draws. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { startOverlay } from "#player/overlay/overlay";
import { createPlayer } from "#player/player";
import type { Overlay, Player } from "#player/ports";
import { startSense } from "#player/sense/sense";
import "../theme.css";
import { App } from "./app.tsx";
import { inkOn } from "./color.ts";
import { type Connection, connect } from "./connection.ts";
import { type Shortcut, watchKeys } from "./keys.ts";
import type { PictureParts } from "./picture.tsx";
import { nextZoom } from "./scale.ts";
import { type Seat, takeSeat } from "./seat.ts";
import { createState, type State } from "./state.ts";
import { switchControl, switchFit } from "./tools.tsx";
import "./watch.css";

/** The empty page that carries the stage's own policy. */
const STAGE_URL = "/stage";

function start(root: HTMLElement): void {
  const found = takeSeat({
    text: document.getElementById("seat")?.textContent ?? null,
    storage: sessionStorage,
    replaceAddress: (path) => history.replaceState(null, "", path),
  });
  const state = createState(found.seat !== null, Date.now());
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
  watchKeys({
    belongToVisitor: () => state.controls.value && parts.surface.contains(document.activeElement),
    onShortcut: (shortcut) => act(shortcut, state, connection),
  });
  render(<App state={state} actions={connection} parts={parts} />, root);
}

function createParts(): PictureParts {
  const part = (name: string) => Object.assign(document.createElement("div"), { className: name });
  return { mount: part("stage"), pointers: part("pointers"), surface: part("surface") };
}

function open(seat: Seat, state: State, parts: PictureParts): Connection {
  let overlay: Overlay | null = null;
  const connection = connect({
    seat,
    state,
    url: `${location.origin.replace(/^http/, "ws")}/ws`,
    now: () => Date.now(),
    createPlayer: (assets) => {
      const player = createPlayer(parts.mount, {
        stageUrl: STAGE_URL,
        assets,
        onBroken: (reason) => connection.requestSnapshot(reason),
        onPage: ({ url, title, width, height }) => {
          state.page.value = { url, title };
          state.pageSize.value = { width, height };
        },
        onFirstPicture: () => {
          state.hasPicture.value = true;
        },
        onVisitorPointer: (at) => overlay?.visitor(at),
      });
      overlay = startOverlay(parts.pointers, player);
      sense(player, parts.surface, state, connection);
      return player;
    },
    onPointed: (id, wish) => {
      const agent = state.session.value?.agents.find((one) => one.id === id);
      if (agent && (wish.kind === "point" || wish.kind === "click")) overlay?.point(agent, wish);
    },
  });
  effect(() => {
    for (const agent of state.session.value?.agents ?? []) if (!agent.connected) overlay?.forget(agent.id);
  });
  return connection;
}

function sense(player: Player, surface: HTMLElement, state: State, connection: Connection): void {
  startSense(surface, {
    player,
    hasControl: () => state.controls.value,
    onWish: (wish) => {
      if (isLive(state)) connection.wish(wish);
    },
    onEscape: () => {
      connection.releaseControl();
      surface.focus({ preventScroll: true });
    },
  });
}

/** Whether the visitor's page is there to be pointed at. */
function isLive(state: State): boolean {
  const { kind } = state.situation.value;
  return kind === "live" || kind === "hidden";
}

function act(shortcut: Shortcut, state: State, connection: Connection | null): void {
  if (connection === null || state.situation.value.place === "cover" || state.showsHelp.value) return;
  switch (shortcut) {
    case "control":
      if (state.link.value === "open") switchControl(state, connection);
      break;
    case "look":
      if (state.controls.value || state.controlWanted.value) connection.releaseControl();
      break;
    case "fit":
      switchFit(state);
      break;
    case "larger":
    case "smaller":
      state.zoom.value = nextZoom(state.scale.value, shortcut === "larger" ? 1 : -1);
      break;
    case "help":
      state.showsHelp.value = true;
      break;
    case "end":
      state.asksEnd.value = true;
      break;
    case "escape":
      if (state.asksEnd.value) state.asksEnd.value = false;
      else if (state.controls.value) connection.releaseControl();
      break;
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
if (root) start(root);
