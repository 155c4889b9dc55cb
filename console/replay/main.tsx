/** Entry of the replay page (R20): builds state, picture and playback, and gets the recording that the link names. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { createPlayer } from "#player/player";
import type { Player } from "#player/ports";
import "../theme.css";
import { App } from "./app.tsx";
import { switchFull } from "./full.ts";
import { type Shortcut, watchKeys } from "./keys.ts";
import { fetchFrames, fetchRecording, LoadProblem, type Recording, tokenOf } from "./load.ts";
import { startOver } from "./over.ts";
import type { PictureParts } from "./picture.tsx";
import { type Playback, STEP_MS, startPlayback } from "./playback.ts";
import { Reel } from "./reel.ts";
import { fetchSpeech, type Speech } from "./speech.ts";
import { createState, type State } from "./state.ts";
import { addFrames, closeTrack, createTrack, loadedMs, type Track } from "./track.ts";
import "./replay.css";

/** The empty page that carries the stage's own policy. */
const STAGE_URL = "/stage";

async function begin(root: HTMLElement): Promise<void> {
  // Another link pasted into this window is another recording.
  addEventListener("hashchange", () => location.reload());
  try {
    await start(root, await fetchSpeech(navigator.languages));
  } catch (reason) {
    // Of another build than the server's by now; without words there is only this.
    console.warn("Twinpane: the page could not begin", reason);
    root.textContent = "This page could not be loaded whole. Load it again.";
  }
}

async function start(root: HTMLElement, speech: Speech): Promise<void> {
  Object.assign(document.documentElement, { lang: speech.language, dir: speech.isRtl ? "rtl" : "ltr" });
  const state = createState(speech);
  const parts = createParts();
  const track = createTrack();
  const screening = openScreening(state, parts, track);
  watchKeys((shortcut) => act(shortcut, state, screening.playback));
  addEventListener("fullscreenchange", () => {
    state.isFull.value = document.fullscreenElement !== null;
  });
  effect(() => {
    const name = state.recording.value ? `${state.visitor.value} - ` : "";
    document.title = `${name}${speech.say("replay")} - Twinpane`;
  });
  render(<App state={state} parts={parts} playback={screening.playback} />, root);
  try {
    await load(state, track, screening);
  } catch (reason) {
    if (!(reason instanceof LoadProblem)) console.warn("Twinpane: the recording could not be loaded", reason);
    state.problem.value = reason instanceof LoadProblem ? reason : new LoadProblem("wentWrong", "page");
  }
}

function createParts(): PictureParts {
  const part = (name: string) => Object.assign(document.createElement("div"), { className: name });
  return { mount: part("stage"), pointers: part("pointers"), surface: part("surface") };
}

interface Screening {
  readonly playback: Playback;
  /** The recording is known; its frames come. */
  open(recording: Recording): void;
  /** More frames have come, or all. */
  more(): void;
}

/** Joins player, reel and playback. The player is built when it is known where its assets come from. */
function openScreening(state: State, parts: PictureParts, track: Track): Screening {
  let reel: Reel | null = null;
  const playback = startPlayback(state, { show: (at_ms) => reel?.show(at_ms) });
  return {
    playback,
    more: () => reel?.show(state.position_ms.value),
    open(recording) {
      const over = startOver(parts, () => reel?.jumps === true);
      const player: Player = createPlayer(parts.mount, {
        stageUrl: STAGE_URL,
        assets: recording.assets,
        compares: false,
        ...hiddenWords(state.speech),
        onBroken: (reason) => {
          console.warn("Twinpane: a part of the recording cannot be shown", reason);
          state.isBroken.value = true;
        },
        onPage: ({ url, title, width, height }) => {
          state.page.value = { url, title };
          state.pageSize.value = { width, height };
        },
        onFirstPicture: () => {
          state.isBroken.value = false;
          if (state.hasPicture.value) return;
          state.hasPicture.value = true;
          over.begin(player);
          if (!matchMedia("(prefers-reduced-motion: reduce)").matches) playback.play();
        },
        onMarks: over.told,
        onVisitorPointer: over.visitor,
        onVisiblePart: over.visible,
      });
      reel = new Reel({
        track,
        player,
        onLate: (isLate) => {
          state.isLate.value = isLate;
        },
        onShown: over.settle,
        onReset: over.forget,
      });
    },
  };
}

function hiddenWords({ say }: Speech) {
  return {
    hiddenWords: say("hiddenPart"),
    hiddenKinds: {
      password: say("hiddenPassword"),
      card: say("hiddenCard"),
      security_code: say("hiddenSecurityCode"),
      expiry: say("hiddenExpiry"),
      one_time_code: say("hiddenOneTimeCode"),
      email: say("hiddenEmail"),
      phone: say("hiddenPhone"),
    },
  };
}

async function load(state: State, track: Track, screening: Screening): Promise<void> {
  const token = tokenOf(location.hash);
  const recording = await fetchRecording(token);
  state.recording.value = recording;
  screening.open(recording);
  const tell = () => {
    state.loaded_ms.value = loadedMs(track);
    state.quiet.value = [...track.quiet];
    screening.more();
  };
  try {
    await fetchFrames(token, (frames, bytes) => {
      addFrames(track, frames);
      state.loadedBytes.value = bytes;
      if (frames.length > 0) tell();
    });
  } finally {
    closeTrack(track, recording.length_ms);
    state.isLoaded.value = true;
    state.isEmpty.value = track.starts.length === 0;
    tell();
  }
}

function act(shortcut: Shortcut, state: State, playback: Playback): void {
  if (state.showsHelp.value || state.cover.value !== null) return;
  switch (shortcut) {
    case "toggle":
      if (state.isPlaying.value) playback.pause();
      else playback.play();
      break;
    case "back":
    case "forth":
      playback.seek(state.position_ms.value + (shortcut === "forth" ? STEP_MS : -STEP_MS));
      break;
    case "begin":
      playback.seek(0);
      break;
    case "end":
      playback.seek(state.length_ms.value);
      break;
    case "slower":
    case "faster":
      playback.changeSpeed(shortcut === "faster" ? 1 : -1);
      break;
    case "full":
      switchFull();
      break;
    case "help":
      state.showsHelp.value = true;
  }
}

const root = document.getElementById("app");
if (root) void begin(root);
