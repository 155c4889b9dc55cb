/** How often pictures are looked at, and how well they are told: a budget of the page's time and of bytes. Pure. */

/** Part of the main thread that looking may take. */
const CPU_PART = 0.05;
const BYTES_A_MS = 128;
const SOONEST_MS = 100;
const LATEST_MS = 2000;
/** After so many looks in a row that found changes a picture is moving. */
const MOVING_LOOKS = 3;

export const FINE = 0.85;
export const ROUGH = 0.5;

/** How long to wait after a look that took so much of the page's time and sent so many bytes. */
export function restAfter(cost_ms: number, bytes: number): number {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, cost_ms / CPU_PART, bytes / BYTES_A_MS));
}

/** Quality for a picture that has now changed at so many looks in a row. */
export function qualityAfter(changedLooks: number): number {
  return changedLooks > MOVING_LOOKS ? ROUGH : FINE;
}
