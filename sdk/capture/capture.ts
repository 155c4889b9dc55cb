/** Starts capture of one epoch: every kind, then the walk; and undoes all of it. */
import type { Capture, CaptureOptions, StartCapture } from "../ports.ts";
import { startAddress } from "./address.ts";
import { assetSupply } from "./assets.ts";
import { startBoxes } from "./boxes.ts";
import { startCanvas } from "./canvas.ts";
import type { StartKind } from "./context.ts";
import { Engine } from "./engine.ts";
import { startFocus } from "./focus.ts";
import { startFrames } from "./frames.ts";
import { startInputs } from "./inputs.ts";
import { startMedia, startTopLayer } from "./media.ts";
import { type Stop, stopAll, type View } from "./natives.ts";
import { startPointer } from "./pointer.ts";
import { startScroll } from "./scroll.ts";
import { startShadow } from "./shadow.ts";
import { startSheets } from "./sheets.ts";
import { startViewport } from "./viewport.ts";

/** In the order in which their facts stand in a batch. */
const KINDS: readonly StartKind[] = [
  startAddress,
  startViewport,
  startShadow,
  startFrames,
  startSheets,
  startInputs,
  startTopLayer,
  startMedia,
  startCanvas,
  startBoxes,
  startScroll,
  startFocus,
  startPointer,
];

export const startCapture: StartCapture = (page: Window, options: CaptureOptions): Capture => {
  const engine = new Engine(page as View, options);
  const stops: Stop[] = [engine.stop];
  for (const start of KINDS) stops.push(start(engine));
  engine.begin();
  return {
    nodes: engine.numbers,
    told: engine.told,
    flush: () => engine.flush(),
    supplyAsset: assetSupply(engine, engine.outgoing),
    stop: () => stopAll(stops),
  };
};
