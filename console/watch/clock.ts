/** Return a span as `m:ss`, or `h:mm:ss` from an hour on. */
export function clock(spanMs: number): string {
  const all = Math.max(0, Math.floor(spanMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export interface Delay {
  /** Key of the words. */
  readonly quality: "good" | "fair" | "slow" | "offline" | "connected";
  readonly icon: "high" | "medium" | "low" | "offline";
}

/** Return what a delay in ms is like; null before one is measured. */
export function delayOf(isOpen: boolean, delayMs: number | null): Delay {
  if (!isOpen) return { quality: "offline", icon: "offline" };
  if (delayMs === null) return { quality: "connected", icon: "high" };
  if (delayMs < 150) return { quality: "good", icon: "high" };
  if (delayMs < 400) return { quality: "fair", icon: "medium" };
  return { quality: "slow", icon: "low" };
}
