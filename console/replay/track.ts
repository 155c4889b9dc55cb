/** All frames that have come, and what is where among them. Pure. */
import { Flag } from "#protocol/envelope";
import type { Recorded } from "./records.ts";

/** In a longer stretch without frames nothing happens that is worth waiting for. */
export const QUIET_MS = 3_000;
/** What is left of it: so much after the frame before it, and the rest before the next. */
const QUIET_HEAD_MS = 2_000;

/** A part of the recording, ms. */
export interface Stretch {
  readonly from_ms: number;
  readonly until_ms: number;
}

export interface Track {
  readonly frames: Recorded[];
  /** Where epochs begin: indexes of frames with `SnapshotStart`, ascending. */
  readonly starts: number[];
  /** The middles of quiet stretches, ascending. */
  readonly quiet: Stretch[];
}

export function createTrack(): Track {
  return { frames: [], starts: [], quiet: [] };
}

/** The time of the last frame; 0 while there is none. */
export function loadedMs({ frames }: Track): number {
  return frames.at(-1)?.at_ms ?? 0;
}

export function addFrames(track: Track, frames: readonly Recorded[]): void {
  for (const frame of frames) {
    addQuiet(track, loadedMs(track), frame.at_ms);
    if (frame.header.flags & Flag.SnapshotStart) track.starts.push(track.frames.length);
    track.frames.push(frame);
  }
}

/** All has come: what is left until `length_ms` is quiet. */
export function closeTrack(track: Track, length_ms: number): void {
  addQuiet(track, loadedMs(track), length_ms);
}

function addQuiet({ quiet }: Track, last_ms: number, next_ms: number): void {
  if (next_ms - last_ms <= QUIET_MS) return;
  quiet.push({ from_ms: last_ms + QUIET_HEAD_MS, until_ms: next_ms - (QUIET_MS - QUIET_HEAD_MS) });
}

/** The first index of `count` for which `isPast` holds; it holds for all after that. */
function firstIndex(count: number, isPast: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Frames to be fed, `until` left out. */
export interface Plan {
  readonly from: number;
  readonly until: number;
}

/**
 * Return what to feed so that the stage shows the page as it was at `at_ms`, when the frames before `next` have been fed: what
 * follows when that is of the same epoch, else all from the epoch's snapshot on. Before the first snapshot that one is shown.
 * null while there is none.
 */
export function planSeek({ frames, starts }: Track, next: number, at_ms: number): Plan | null {
  const first = starts[0];
  if (first === undefined) return null;
  const due = firstIndex(frames.length, (index) => (frames[index]?.at_ms ?? 0) > at_ms);
  const until = Math.max(due, endOfSnapshot(frames, first));
  const start = starts[firstIndex(starts.length, (index) => (starts[index] ?? 0) >= until) - 1] ?? first;
  return { from: start < next && next <= until ? next : start, until };
}

function endOfSnapshot(frames: readonly Recorded[], first: number): number {
  let end = first;
  while (end < frames.length && !((frames[end] as Recorded).header.flags & Flag.SnapshotEnd)) end++;
  return Math.min(end + 1, frames.length);
}

/** Return where the recording is after `span_ms` from `from_ms` on; `quiet` stretches take no time. */
export function advance(from_ms: number, span_ms: number, quiet: readonly Stretch[]): number {
  let [at_ms, left_ms] = [from_ms, span_ms];
  for (const stretch of quiet) {
    if (stretch.until_ms <= at_ms) continue;
    const before_ms = Math.max(0, stretch.from_ms - at_ms);
    if (left_ms <= before_ms) break;
    left_ms -= before_ms;
    at_ms = stretch.until_ms;
  }
  return at_ms + left_ms;
}
