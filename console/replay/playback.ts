/** The clock of the replay: plays, stops, goes elsewhere, and has the stage follow. */
import { effect } from "@preact/signals";
import type { Reel } from "./reel.ts";
import { SPEEDS, type State } from "./state.ts";
import { advance } from "./track.ts";

export const STEP_MS = 5_000;
/** A window that was hidden does not go on as if it had been seen. */
const TICK_MAX_MS = 250;

export interface Playback {
  /** From the beginning when it is at its end. */
  play(): void;
  pause(): void;
  /** Go to that time, as far as the recording reaches. */
  seek(at_ms: number): void;
  /** The next slower (-1) or faster (1) speed. */
  changeSpeed(direction: 1 | -1): void;
  /** While a hand is on the timeline the clock stands. */
  hold(isHeld: boolean): void;
}

export function startPlayback(state: State, reel: Pick<Reel, "show">): Playback {
  let isHeld = false;
  let last_ms = 0;
  let asked = 0;

  function seek(at_ms: number): void {
    state.position_ms.value = Math.min(Math.max(0, at_ms), state.length_ms.value);
    reel.show(state.position_ms.value);
  }

  function tick(now_ms: number): void {
    const span_ms = Math.min(Math.max(0, now_ms - last_ms), TICK_MAX_MS);
    last_ms = now_ms;
    asked = requestAnimationFrame(tick);
    if (!isHeld) move(span_ms * state.speed.value);
  }

  function move(span_ms: number): void {
    const { position_ms, loaded_ms, isLoaded, isLate, length_ms } = state;
    // The clock waits for the picture, and for what has not come yet.
    if (isLate.value || (!isLoaded.value && position_ms.value > loaded_ms.value)) return;
    seek(advance(position_ms.value, span_ms, state.skipsQuiet.value ? state.quiet.value : []));
    if (isLoaded.value && position_ms.value >= length_ms.value) state.isPlaying.value = false;
  }

  effect(() => {
    if (!state.isPlaying.value) return undefined;
    last_ms = performance.now();
    asked = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(asked);
  });

  return {
    play() {
      if (state.motion.value === "ended") seek(0);
      state.isPlaying.value = true;
    },
    pause() {
      state.isPlaying.value = false;
    },
    seek,
    changeSpeed(direction) {
      const at = SPEEDS.indexOf(state.speed.value as (typeof SPEEDS)[number]) + direction;
      state.speed.value = SPEEDS[Math.min(Math.max(0, at), SPEEDS.length - 1)] ?? 1;
    },
    hold(held) {
      isHeld = held;
    },
  };
}
