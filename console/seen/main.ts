/**
 * Plays to a visitor what agents see of their page (SPEC M7). The page that opened this one hands over the frames that leave it, through
 * a port; nothing else comes in, and nothing but trouble goes back.
 */

import { createPlayer } from "#player/player";
import type { Player } from "#player/ports";
import { decodeHeader, Flag, Kind } from "#protocol/envelope";

/** What the visitor's page says first, with the port. */
interface Begin {
  readonly twinpane: "seen";
  /** Path prefix of the session's asset door. */
  readonly assets: string;
  readonly language: string;
  /** Name of this page, and what hidden parts are called. */
  readonly title: string;
  readonly hidden: string;
}

const STAGE_URL = "/seen/stage";

function isBegin(data: unknown): data is Begin {
  const { twinpane, assets } = (data ?? {}) as Partial<Begin>;
  return twinpane === "seen" && typeof assets === "string" && /^\/assets\/[^/]+\/$/.test(assets);
}

/** Fit the page into the window, never larger than it is. */
function scaleInto(mount: HTMLElement, { width, height }: { width: number; height: number }): void {
  const scale = Math.min(1, innerWidth / width, innerHeight / height);
  Object.assign(mount.style, {
    width: `${width}px`,
    height: `${height}px`,
    position: "absolute",
    left: `${Math.max(0, (innerWidth - width * scale) / 2)}px`,
    top: `${Math.max(0, (innerHeight - height * scale) / 2)}px`,
    transformOrigin: "0 0",
    transform: `scale(${scale})`,
  });
}

function play(begin: Begin, port: MessagePort): () => void {
  Object.assign(document.documentElement, { lang: begin.language });
  document.title = begin.title;
  const mount = document.createElement("div");
  document.body.append(mount);
  let size = { width: innerWidth, height: innerHeight };
  const refit = (): void => scaleInto(mount, size);
  const player: Player = createPlayer(mount, {
    stageUrl: STAGE_URL,
    assets: begin.assets,
    hiddenWords: begin.hidden,
    onBroken: () => port.postMessage("again"),
    onPage: (page) => {
      size = page;
      refit();
    },
    onWholePicture: () => {
      document.documentElement.dataset["whole"] = "";
    },
  });
  player.frame.title = begin.title;
  addEventListener("resize", refit);
  port.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
    const { kind, flags, epoch } = decodeHeader(data);
    // An epoch that began before the port was there cannot be played; the page was asked for another.
    if (kind === Kind.Facts && flags & Flag.SnapshotStart) player.reset(epoch);
    void player.feed(data);
  };
  return () => {
    removeEventListener("resize", refit);
    port.close();
    player.stop();
    mount.remove();
  };
}

const host: Window | null = parent === window ? opener : parent;
let stop: () => void = () => undefined;
document.body.style.cssText = "margin:0;overflow:hidden;background:#e8eaed";
addEventListener("message", ({ source, data, ports: [port] }) => {
  if (!host || source !== host || !port || !isBegin(data)) return;
  stop();
  stop = play(data, port);
});
// Whoever it is may know that this page is there.
host?.postMessage({ twinpane: "seen" }, "*");
