/** Starts capture of one epoch: every kind, then the walk; and undoes all of it. */
import type { Capture, CaptureOptions, StartCapture } from "../ports.ts";
import { startAddress } from "./address.ts";
import type { StartKind } from "./context.ts";
import { Engine } from "./engine.ts";
import { type Stop, stopAll, type View } from "./natives.ts";
import { startScroll } from "./scroll.ts";
import { startViewport } from "./viewport.ts";

/** In the order in which their facts stand in a batch. */
const KINDS: readonly StartKind[] = [startAddress, startViewport, startScroll];

export const startCapture: StartCapture = (page: Window, options: CaptureOptions): Capture => {
  const engine = new Engine(page as View, options, () => null);
  const stops: Stop[] = [engine.stop];
  for (const start of KINDS) stops.push(start(engine));
  engine.begin();
  return {
    nodes: engine.numbers,
    told: engine.told,
    flush: () => engine.flush(),
    supplyAsset: () => Promise.resolve(false),
    stop: () => stopAll(stops),
  };
};
