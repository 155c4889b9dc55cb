/**
 * The kinds of capture that the first picture can do without: a bundle of its own, fetched by the core when an epoch begins. They
 * tell what was there before they came.
 */
import { startAnimations } from "./capture/animations.ts";
import { assetSupply } from "./capture/assets.ts";
import { startCandidates } from "./capture/candidates.ts";
import { startCanvas } from "./capture/canvas.ts";
import type { StartKind, StartKinds } from "./capture/context.ts";
import { startCost } from "./capture/cost.ts";
import { startFocus } from "./capture/focus.ts";
import { startFonts } from "./capture/fonts.ts";
import { startForeign } from "./capture/foreign.ts";
import { startMedia } from "./capture/media.ts";
import { stopAll } from "./capture/natives.ts";
import { startPointer } from "./capture/pointer.ts";
import { startReceipt } from "./capture/receipt.ts";
import { startStates } from "./capture/states.ts";
import { startSlots, startTemplates } from "./capture/templates.ts";
import { startZoom } from "./capture/zoom.ts";

export { tellParent } from "./embedded.ts";

/** In the order in which their facts stand in a batch. */
const KINDS: readonly StartKind[] = [
  startTemplates,
  startSlots,
  startStates,
  startMedia,
  startAnimations,
  startCandidates,
  startCanvas,
  startZoom,
  startFocus,
  startPointer,
  startCost,
];

export const startKinds: StartKinds = (context, outgoing) => {
  /** Addresses that only scripts know of. */
  const inUse = new Set<string>();
  const stops = KINDS.map((start) => start(context));
  stops.push(startFonts(context, inUse));
  const receipt = startReceipt(context);
  const foreign = startForeign(context, outgoing);
  stops.push(receipt.stop, foreign.stop);
  context.soon();
  const supplyAsset = assetSupply(context, outgoing, inUse, foreign.supply);
  return { supplyAsset, foreign, verify: receipt.verify, stop: () => stopAll(stops) };
};
