/** Video and audio: in step with the visitor's, always muted. */
import { Op } from "#protocol/facts";
import type { Kinds, Mirror } from "./mirror.ts";

/** Nearer than this the agent's playing is left alone; a jump is worse than a small lag. */
const TOLERANCE_S = 0.5;

export function startMedia({ nodes }: Mirror): Kinds {
  return {
    [Op.Media]: (facts) => {
      const media = nodes.element(facts.num()) as HTMLMediaElement;
      const [paused, timeS, rate] = [facts.num() === 1, facts.num(), facts.num()];
      facts.num();
      facts.num();
      if (media.localName !== "video" && media.localName !== "audio") return;
      media.muted = true;
      if (rate > 0 && rate <= 16) media.playbackRate = rate;
      if (Number.isFinite(timeS) && Math.abs(media.currentTime - timeS) > TOLERANCE_S) media.currentTime = timeS;
      if (paused) media.pause();
      // Refused while there is nothing to play yet, or for power saving; the next fact tries again.
      else media.play().catch(() => undefined);
    },
  };
}
