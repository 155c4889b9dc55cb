/** Times as people say them; all of them follow one clock that ticks twice a minute. */
import { signal } from "@preact/signals";
import { LOCALE } from "../counted.ts";
import { WORDS } from "../words.ts";

const STEPS: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

export const nowMs = signal(Date.now());

/** Begin to tick; returns the way to stop. */
export function startClock(): () => void {
  const timer = setInterval(() => {
    nowMs.value = Date.now();
  }, 30_000);
  return () => clearInterval(timer);
}

let relative: Intl.RelativeTimeFormat | null = null;
let whole: Intl.DateTimeFormat | null = null;

function full(ms: number): string {
  whole ??= new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
  return whole.format(ms);
}

/** Say how long ago, or when it is to be. */
export function ago(ms: number, now: number): string {
  relative ??= new Intl.RelativeTimeFormat(LOCALE, { style: "short", numeric: "auto" });
  const apart = ms - now;
  for (const [length, unit] of STEPS) {
    if (Math.abs(apart) >= length) return relative.format(Math.trunc(apart / length), unit);
  }
  return WORDS.justNow;
}

export function Time({ at }: { at: string | null }) {
  if (at === null) return <span class="soft">{WORDS.never}</span>;
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={full(ms)}>
      {ago(ms, nowMs.value)}
    </time>
  );
}

/** The moment itself, for lists in which order matters. */
export function Moment({ at }: { at: string }) {
  return (
    <time class="figures" dateTime={at}>
      {full(Date.parse(at))}
    </time>
  );
}

/** A length such as 4:05 or 1:02:03. */
export function lengthOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = `${String(rest).padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
