/** How long after the visitor's page the picture is painted here: frames carry the server's time at the page, links tell it here (SPEC W4, L8). */
import { decodeHeader, Flag, Kind } from "#protocol/envelope";
import type { Connection } from "./connection.ts";
import type { Delays, State } from "./state.ts";

/** The delay is that of so many frames. */
const FRAMES = 100;
const TELL_MS = 1000;

/** Return the delays that half of these and 95 in 100 of these do not exceed; null of none. */
export function delaysOf(lengths_ms: readonly number[]): Delays | null {
  const sorted = [...lengths_ms].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  const [usual_ms, most_ms] = [at(0.5), at(0.95)];
  return usual_ms === undefined || most_ms === undefined ? null : { usual_ms, most_ms };
}

/** Return how much later than a frame's stamp a server's time is, ms; both go on from 0 after 2^32. */
export function lengthSince(stamp_ms: number, server_ms: number): number {
  return (server_ms - stamp_ms) | 0;
}

/** Keep `state.delays` true for as long as the window lives. */
export function measureDelays(state: State, { clock, watchFrames }: Connection): void {
  const recent: number[] = [];
  /** What is older came from the journal. */
  let since_ms: number | null = null;
  let told = 0;
  let count = 0;

  function painted(stamp_ms: number): void {
    const now_ms = clock.at(performance.now());
    if (now_ms === null) return;
    recent.push(Math.max(0, lengthSince(stamp_ms, now_ms)));
    if (recent.length > FRAMES) recent.shift();
    count++;
  }

  watchFrames((frame, shown) => {
    const { kind, flags, tMs } = decodeHeader(frame);
    if (kind !== Kind.Facts || flags & Flag.Volatile) return;
    if (flags & Flag.SnapshotStart) since_ms = clock.at(performance.now());
    const isOld = since_ms === null || lengthSince(since_ms >>> 0, tMs) < 0;
    if (tMs === 0 || isOld || flags & (Flag.SnapshotStart | Flag.SnapshotEnd)) return;
    void shown.then(() => {
      // A window that nobody sees paints nothing.
      if (!document.hidden) requestAnimationFrame(() => setTimeout(painted, 0, tMs));
    });
  });
  setInterval(() => {
    if (count === told) return;
    told = count;
    state.delays.value = delaysOf(recent);
  }, TELL_MS);
}
