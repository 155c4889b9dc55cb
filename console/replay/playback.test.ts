import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LoadProblem, type Recording } from "./load.ts";
import { startPlayback } from "./playback.ts";
import { fetchSpeech } from "./speech.ts";
import { createState } from "./state.ts";

const RECORDING: Recording = {
  session_id: "s1",
  short_id: "ADA23456",
  visitor_name: null,
  agents: [],
  started_at: "2026-11-30T14:05:00Z",
  length_ms: 60_000,
  byte_count: 1,
  is_whole: true,
  is_live: false,
  assets: "/assets/x/",
};
const speech = await fetchSpeech(["en"]);

/** The browser's frames: nothing is drawn before a test lets time pass. */
let now_ms = 0;
let asked = new Map<number, FrameRequestCallback>();

function pass(span_ms: number): void {
  for (const until_ms = now_ms + span_ms; now_ms < until_ms; ) {
    now_ms = Math.min(until_ms, now_ms + 10);
    const due = asked;
    asked = new Map();
    for (const tick of due.values()) tick(now_ms);
  }
}

beforeEach(() => {
  let last = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now_ms);
  vi.stubGlobal("requestAnimationFrame", (tick: FrameRequestCallback) => {
    asked.set(++last, tick);
    return last;
  });
  vi.stubGlobal("cancelAnimationFrame", (one: number) => asked.delete(one));
});
afterEach(() => {
  asked.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function loaded(loaded_ms = 60_000, isLoaded = true) {
  const state = createState(speech);
  state.recording.value = RECORDING;
  state.hasPicture.value = true;
  state.loaded_ms.value = loaded_ms;
  state.isLoaded.value = isLoaded;
  const shown: number[] = [];
  return { state, shown, playback: startPlayback(state, { show: (at_ms) => void shown.push(at_ms) }) };
}

describe("R20 the clock of a replay", () => {
  it("goes as time does, times its speed, and stands when it is paused", () => {
    const { state, shown, playback } = loaded();
    playback.play();
    pass(1000);
    expect(state.position_ms.value).toBe(1000);
    playback.changeSpeed(1);
    playback.changeSpeed(1);
    pass(1000);
    expect(state.position_ms.value).toBe(5000);
    playback.pause();
    pass(1000);
    expect([state.position_ms.value, shown.at(-1), state.motion.value]).toEqual([5000, 5000, "paused"]);
  });

  it("is not twice as fast when it is paused and played within a frame", () => {
    const { state, playback } = loaded();
    playback.play();
    playback.pause();
    playback.play();
    pass(1000);
    expect(state.position_ms.value).toBe(1000);
  });

  it("leaves quiet stretches out, unless it is told not to", () => {
    const { state, playback } = loaded();
    state.quiet.value = [{ from_ms: 500, until_ms: 50_000 }];
    playback.play();
    pass(1000);
    expect(state.position_ms.value).toBe(50_500);
    playback.seek(0);
    state.skipsQuiet.value = false;
    pass(1000);
    expect(state.position_ms.value).toBe(1000);
  });

  it("waits for what has not come, and goes on by itself", () => {
    const { state, playback } = loaded(2000, false);
    playback.play();
    pass(5000);
    expect(state.position_ms.value).toBeCloseTo(2010);
    expect(state.motion.value).toBe("waiting");
    state.loaded_ms.value = 9000;
    pass(1000);
    expect(state.position_ms.value).toBeCloseTo(3010);
  });

  it("waits for the picture, and while a hand is on the timeline", () => {
    const { state, playback } = loaded();
    playback.play();
    state.isLate.value = true;
    pass(1000);
    expect([state.position_ms.value, state.motion.value]).toEqual([0, "finding"]);
    state.isLate.value = false;
    playback.hold(true);
    playback.seek(7000);
    pass(1000);
    expect(state.position_ms.value).toBe(7000);
    playback.hold(false);
    pass(100);
    expect(state.position_ms.value).toBe(7100);
  });

  it("stops at the end, and plays again from the beginning", () => {
    const { state, playback } = loaded();
    playback.play();
    playback.seek(59_900);
    pass(1000);
    expect([state.position_ms.value, state.isPlaying.value, state.motion.value]).toEqual([60_000, false, "ended"]);
    playback.play();
    pass(100);
    expect(state.position_ms.value).toBe(100);
  });

  it("goes nowhere else than the recording does", () => {
    const { state, playback } = loaded();
    playback.seek(-5);
    expect(state.position_ms.value).toBe(0);
    playback.seek(70_000);
    expect(state.position_ms.value).toBe(60_000);
    for (let press = 0; press < 9; press++) playback.changeSpeed(-1);
    expect(state.speed.value).toBe(0.5);
    for (let press = 0; press < 9; press++) playback.changeSpeed(1);
    expect(state.speed.value).toBe(8);
  });
});

describe("R20 what stands where the picture would", () => {
  it("comes in its order, and goes with the picture", () => {
    const state = createState(speech);
    expect(state.cover.value).toBe("opening");
    state.recording.value = RECORDING;
    expect([state.cover.value, state.visitor.value]).toEqual(["loading", "the visitor"]);
    state.isLoaded.value = state.isEmpty.value = true;
    expect(state.cover.value).toBe("empty");
    state.problem.value = new LoadProblem("unreachable", "cut");
    expect(state.cover.value).toBe("problem");
    state.isEmpty.value = false;
    expect(state.cover.value).toBe("loading");
    state.hasPicture.value = true;
    expect([state.cover.value, state.remarks.value]).toEqual([null, ["half"]]);
    state.dismissed.value = new Set(["half"]);
    expect(state.remarks.value).toEqual([]);
  });
});
