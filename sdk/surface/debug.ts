/** Shows on the console what goes between page and server, on all pages of the tab until it is stopped (S2). */
import type { SurfaceHost } from "../ports.ts";

const FLAG = "debug";

export interface Debug {
  start(): void;
  stop(): void;
}

export function startDebug(host: SurfaceHost): Debug {
  const listen = (): void => {
    host.spy = (direction, message) => console.info(`Upscope: ${direction}`, message);
  };
  if (host.tab.flags.has(FLAG)) listen();
  return {
    start() {
      host.tab.flags.add(FLAG);
      listen();
    },
    stop() {
      host.tab.flags.delete(FLAG);
      host.spy = null;
    },
  };
}
