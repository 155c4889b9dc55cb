/** What the page said of being away is said again, by a way that lasts longer than the page: a socket's last may be dropped (X13). */
import type { LastWords } from "#protocol/messages";
import type { SurfaceHost } from "../ports.ts";

/** Beside the folder of the bundles. */
const DOOR = "../last-words";

export function speakLast(host: SurfaceHost): void {
  host.onLeave = () => {
    const { welcome, absence } = host;
    if (!welcome || absence?.type !== "disconnect_expected") return;
    const words: LastWords = { resume: welcome.resume, absence };
    host.page.navigator.sendBeacon(new URL(DOOR, import.meta.url), JSON.stringify(words));
  };
}
