/** Return a span as `m:ss`, or `h:mm:ss` from an hour on. */
export function clock(spanMs: number): string {
  const all = Math.max(0, Math.floor(spanMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export interface Delay {
  readonly words: "Good" | "Fair" | "Slow" | "Offline" | "Connected";
  readonly icon: "high" | "medium" | "low" | "offline";
}

/** Return the quality of a link in words. Round trips in ms; null before the first is measured. */
export function delayOf(isOpen: boolean, roundTripMs: number | null): Delay {
  if (!isOpen) return { words: "Offline", icon: "offline" };
  if (roundTripMs === null) return { words: "Connected", icon: "high" };
  if (roundTripMs < 150) return { words: "Good", icon: "high" };
  if (roundTripMs < 400) return { words: "Fair", icon: "medium" };
  return { words: "Slow", icon: "low" };
}
