/** Videos that only the visitor's browser can play, since their source has no address: told as pictures, a few a second. */
import type { Context } from "./context.ts";
import { listen, native, type Stop } from "./natives.ts";
import type { Pictures } from "./pictures.ts";

const LOOK_MS = 400;
const SHOWS_NEW = "loadeddata seeked playing pause resize emptied";

/** Whether the agent's browser cannot have it by its address. */
export function isHomemade(video: HTMLVideoElement): boolean {
  return video.srcObject !== null || video.currentSrc.startsWith("blob:");
}

export function watchFilms(context: Context, pictures: Pictures): Stop {
  const { page, numbers } = context;
  const playing = new Set<HTMLVideoElement>();
  let timer: number | null = null;

  function changed(video: HTMLVideoElement): void {
    if (video.localName !== "video" || !numbers.has(video) || !isHomemade(video)) return;
    pictures.changed(video);
    if (video.paused || video.ended) return;
    playing.add(video);
    timer ??= native(page, "setInterval").call(page, look, LOOK_MS) as unknown as number;
  }
  function look(): void {
    for (const video of playing) {
      if (video.paused || video.ended || !numbers.has(video) || !isHomemade(video)) playing.delete(video);
      else pictures.changed(video);
    }
    if (playing.size === 0) stop();
  }
  function stop(): void {
    if (timer !== null) native(page, "clearInterval").call(page, timer);
    timer = null;
  }
  context.onTold(["video"], (element) => changed(element as HTMLVideoElement));
  context.onRoot((root) => listen(root, SHOWS_NEW, (event) => changed(event.target as HTMLVideoElement)));
  return stop;
}
