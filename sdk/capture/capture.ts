/** Starts capture of one epoch: the kinds of the first picture, the walk, then the other kinds; and undoes all of it. */
import type { Capture, CaptureOptions, StartCapture } from "../ports.ts";
import { startAddress } from "./address.ts";
import { startBoxes } from "./boxes.ts";
import type { StartKind } from "./context.ts";
import { Engine } from "./engine.ts";
import { startFrames } from "./frames.ts";
import { startInputs } from "./inputs.ts";
import { startLate } from "./late.ts";
import { type Stop, stopAll, type View } from "./natives.ts";
import { startScroll } from "./scroll.ts";
import { startShadow } from "./shadow.ts";
import { startSheets } from "./sheets.ts";
import { startTopLayer } from "./toplayer.ts";
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
  startBoxes,
  startScroll,
];

export const startCapture: StartCapture = (page: Window, options: CaptureOptions): Capture => {
  const engine = new Engine(page as View, options);
  const stops: Stop[] = [engine.stop];
  for (const start of KINDS) stops.push(start(engine));
  engine.begin();
  const late = startLate(engine);
  stops.push(late.stop);
  return {
    nodes: engine.numbers,
    told: engine.told,
    flush: () => engine.flush(),
    supplyAsset: late.supplyAsset,
    verify: late.verify,
    get foreign() {
      return late.foreign;
    },
    add: (start) => void stops.push(start(engine)),
    stop: () => stopAll(stops),
  };
};
