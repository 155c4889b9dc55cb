/** The one state of the replay page, as signals. Loading, the player and the playback write it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Zoom } from "../watch/scale.ts";
import type { LoadProblem, Recording } from "./load.ts";
import type { Speech } from "./speech.ts";
import type { Stretch } from "./track.ts";

export const SPEEDS = [0.5, 1, 2, 4, 8] as const;

/** What is worth knowing beside the picture; each can be dismissed. */
export type Remark = "live" | "cut" | "half" | "broken";

/** What stands where the picture would. */
export type Cover = "opening" | "loading" | "empty" | "problem" | null;

/** What the recording does now. */
export type Motion = "playing" | "paused" | "ended" | "waiting" | "finding";

export interface State {
  readonly speech: Speech;
  /** null before the server told. */
  readonly recording: Signal<Recording | null>;
  readonly problem: Signal<LoadProblem | null>;
  readonly loadedBytes: Signal<number>;
  /** The time of the newest frame that has come. */
  readonly loaded_ms: Signal<number>;
  /** No more frames come. */
  readonly isLoaded: Signal<boolean>;
  /** All has come, and no page is in it. */
  readonly isEmpty: Signal<boolean>;
  readonly quiet: Signal<readonly Stretch[]>;

  readonly hasPicture: Signal<boolean>;
  /** In the visitor's CSS pixels. */
  readonly pageSize: Signal<{ width: number; height: number } | null>;
  readonly page: Signal<{ url: string; title: string } | null>;
  /** What is on the stage cannot go on; the next epoch can. */
  readonly isBroken: Signal<boolean>;
  readonly isLate: Signal<boolean>;

  readonly position_ms: Signal<number>;
  readonly isPlaying: Signal<boolean>;
  readonly speed: Signal<number>;
  readonly skipsQuiet: Signal<boolean>;
  readonly zoom: Signal<Zoom>;
  readonly scale: Signal<number>;
  readonly isFull: Signal<boolean>;
  readonly showsHelp: Signal<boolean>;
  readonly dismissed: Signal<ReadonlySet<Remark>>;

  readonly length_ms: ReadonlySignal<number>;
  readonly cover: ReadonlySignal<Cover>;
  readonly motion: ReadonlySignal<Motion>;
  readonly remarks: ReadonlySignal<readonly Remark[]>;
  /** The visitor's name, or words for it. */
  readonly visitor: ReadonlySignal<string>;
}

type Told = Omit<State, "length_ms" | "cover" | "motion" | "remarks" | "visitor">;

export function createState(speech: Speech): State {
  const told: Told = {
    speech,
    recording: signal<Recording | null>(null),
    problem: signal<LoadProblem | null>(null),
    loadedBytes: signal(0),
    loaded_ms: signal(0),
    isLoaded: signal(false),
    isEmpty: signal(false),
    quiet: signal<readonly Stretch[]>([]),
    hasPicture: signal(false),
    pageSize: signal<{ width: number; height: number } | null>(null),
    page: signal<{ url: string; title: string } | null>(null),
    isBroken: signal(false),
    isLate: signal(false),
    position_ms: signal(0),
    isPlaying: signal(false),
    speed: signal(1),
    skipsQuiet: signal(true),
    zoom: signal<Zoom>("fit"),
    scale: signal(1),
    isFull: signal(false),
    showsHelp: signal(false),
    dismissed: signal<ReadonlySet<Remark>>(new Set()),
  };
  const length_ms = computed(() => Math.max(told.recording.value?.length_ms ?? 0, told.loaded_ms.value));
  return {
    ...told,
    length_ms,
    cover: computed(() => coverOf(told)),
    motion: computed(() => motionOf(told, length_ms.value)),
    remarks: computed(() => remarksOf(told)),
    visitor: computed(() => told.recording.value?.visitor_name ?? speech.say("theVisitor")),
  };
}

function coverOf({ problem, hasPicture, isEmpty, recording, isBroken }: Told): Cover {
  if (hasPicture.value) return null;
  // What came before a problem of loading is shown.
  if (isBroken.value || (problem.value && (isEmpty.value || !recording.value))) return "problem";
  if (isEmpty.value) return "empty";
  return recording.value ? "loading" : "opening";
}

function motionOf({ isLate, isPlaying, isLoaded, position_ms, loaded_ms }: Told, length_ms: number): Motion {
  if (isLate.value) return "finding";
  if (!isLoaded.value && position_ms.value > loaded_ms.value) return "waiting";
  if (isPlaying.value) return "playing";
  return isLoaded.value && position_ms.value >= length_ms ? "ended" : "paused";
}

function remarksOf({ recording, problem, hasPicture, isBroken, dismissed }: Told): readonly Remark[] {
  if (!hasPicture.value) return [];
  const holds: Record<Remark, boolean> = {
    live: recording.value?.is_live === true,
    cut: recording.value?.is_whole === false,
    half: problem.value !== null,
    broken: isBroken.value,
  };
  return (Object.keys(holds) as Remark[]).filter((one) => holds[one] && !dismissed.value.has(one));
}
