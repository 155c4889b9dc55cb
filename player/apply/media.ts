/** Video and audio: in step with the visitor's, always muted. */
import { Op } from "#protocol/facts";
import { type Kinds, type Mirror, readIds } from "./mirror.ts";

/** Nearer than this the agent's playing is left alone; a jump is worse than a small lag. */
const TOLERANCE_S = 0.5;
const MODES = ["disabled", "hidden", "showing"] as const;

interface Wanted {
  readonly paused: boolean;
  readonly time_s: number;
  readonly rate: number;
  readonly since_ms: number;
}

export function startMedia({ nodes, rootBegins }: Mirror): Kinds {
  const wanted = new WeakMap<HTMLMediaElement, Wanted>();
  const modes = new WeakMap<HTMLMediaElement, readonly number[]>();

  function bring(media: HTMLMediaElement): void {
    const now = wanted.get(media);
    if (!now) return;
    const passed_s = now.paused ? 0 : ((performance.now() - now.since_ms) / 1000) * now.rate;
    const time_s = Math.min(now.time_s + passed_s, media.duration || Number.POSITIVE_INFINITY);
    if (Math.abs(media.currentTime - time_s) > (now.paused ? 0.01 : TOLERANCE_S)) media.currentTime = time_s;
    if (now.paused) media.pause();
    // Refused while there is nothing to play yet, or for power saving; the next fact tries again.
    else media.play().catch(() => undefined);
  }
  function setModes(media: HTMLMediaElement): void {
    modes.get(media)?.forEach((mode, at) => {
      const track = media.textTracks[at];
      const name = MODES[mode];
      if (track && name && track.mode !== name) track.mode = name;
    });
  }
  function isMedia(node: Node): node is HTMLMediaElement {
    return nodes.idOf(node) !== undefined && /^(?:video|audio)$/.test((node as Element).localName);
  }

  rootBegins.push((root) => {
    const arrived = ({ target }: Event) => {
      if (!isMedia(target as Node)) return;
      bring(target as HTMLMediaElement);
      setModes(target as HTMLMediaElement);
    };
    for (const type of ["loadedmetadata", "canplay"]) root.addEventListener(type, arrived, true);
  });

  return {
    [Op.Media]: (facts) => {
      const media = nodes.element(facts.num());
      const [paused, time_s, rate] = [facts.num() === 1, facts.num(), facts.num()];
      const [, volume] = [facts.num(), facts.num()];
      if (!isMedia(media)) return;
      media.muted = true;
      if (volume >= 0 && volume <= 1) media.volume = volume;
      if (rate > 0 && rate <= 16) media.playbackRate = rate;
      if (!Number.isFinite(time_s) || time_s < 0) return;
      wanted.set(media, { paused, time_s, rate, since_ms: performance.now() });
      bring(media);
    },
    [Op.Tracks]: (facts) => {
      const media = nodes.element(facts.num());
      const told = readIds(facts);
      if (!isMedia(media)) return;
      modes.set(media, told);
      setModes(media);
    },
  };
}
