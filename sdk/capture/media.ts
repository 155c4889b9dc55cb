/** State of media players and of their text tracks. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop, stopAll } from "./natives.ts";

const EVENTS = "play pause playing seeked ratechange volumechange ended loadedmetadata timeupdate";
/** While it plays, the time is told so often: players drift apart. */
const DRIFT_MS = 5000;
const Modes: Record<TextTrackMode, number> = { disabled: 0, hidden: 1, showing: 2 };

export function startMedia(context: Context): Stop {
  const { numbers, facts, tree } = context;
  const dirty = new Set<HTMLMediaElement>();
  const told_ms = new WeakMap<HTMLMediaElement, number>();
  const tracks = new Map<HTMLMediaElement, { told: string; stop: Stop }>();

  function changed(media: HTMLMediaElement): void {
    dirty.add(media);
    context.soon();
  }
  function heard(event: Event): void {
    const media = event.target as HTMLMediaElement;
    if (!numbers.has(media)) return;
    const isDue = performance.now() - (told_ms.get(media) ?? 0) > DRIFT_MS;
    if (event.type !== "timeupdate" || isDue) changed(media);
  }
  function tell(media: HTMLMediaElement, id: number): void {
    const { paused, currentTime, playbackRate, muted, volume } = media;
    told_ms.set(media, performance.now());
    facts.slots.push(Op.Media, id, paused ? 1 : 0, round(currentTime), playbackRate, muted ? 1 : 0, round(volume));
    tellTracks(media, id);
  }
  function tellTracks(media: HTMLMediaElement, id: number): void {
    const modes = Array.from(media.textTracks ?? [], ({ mode }) => Modes[mode]);
    const now = `${id} ${modes}`;
    const known = tracks.get(media);
    if (known ? known.told === now : modes.length === 0) return;
    const stop = known?.stop ?? listen(media.textTracks, "change addtrack removetrack", () => changed(media));
    tracks.set(media, { told: now, stop });
    facts.slots.push(Op.Tracks, id, modes.length, ...modes);
  }

  context.onTold(["video", "audio"], (element) => changed(element as HTMLMediaElement));
  context.onRoot((root) => listen(root, EVENTS, heard));
  context.onBatch(() => {
    for (const media of dirty) {
      const id = numbers.idOf(media);
      if (id !== undefined && !tree.levels.has(media)) tell(media, id);
    }
    dirty.clear();
    for (const [media, { stop }] of tracks) {
      if (numbers.has(media)) continue;
      stop();
      tracks.delete(media);
    }
  });
  return () => stopAll([...tracks.values()].map(({ stop }) => stop));
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0;
}
