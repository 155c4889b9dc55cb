/** Applies the facts of one epoch, batch after batch, to the stage. */
import { BadFacts, FactReader, Op, type Slot } from "#protocol/facts";
import { NodeNumbers } from "../nodes/numbers.ts";
import { Slices } from "../nodes/slices.ts";
import type { PlayerOptions } from "../ports.ts";
import { MediaAnswers } from "../stage/media.ts";
import type { Address } from "../stage/urls.ts";
import { startAnimations } from "./animations.ts";
import { startAttributes } from "./attributes.ts";
import { startBuild } from "./build.ts";
import { startCandidates } from "./candidates.ts";
import { startCanvases } from "./canvas.ts";
import { startDevice } from "./device.ts";
import { startFocus } from "./focus.ts";
import { startFonts } from "./fonts.ts";
import { type Foreign, type StartInner, startForeign } from "./foreign.ts";
import { startHover } from "./hover.ts";
import { startInputs } from "./inputs.ts";
import { startMarks } from "./marks.ts";
import { startMedia } from "./media.ts";
import type { Kinds, Mirror } from "./mirror.ts";
import { startPage } from "./page.ts";
import { startReceipt } from "./receipt.ts";
import { startRoots } from "./roots.ts";
import { startScroll } from "./scroll.ts";
import { startSelection } from "./selection.ts";
import { startSheetEdits } from "./sheet_edits.ts";
import { startSheets } from "./sheets.ts";
import { startStates } from "./states.ts";
import { startStyleTexts } from "./styles.ts";
import { startTopLayer } from "./toplayer.ts";
import { startTree } from "./tree.ts";

function startMirror(frame: HTMLIFrameElement, options: PlayerOptions): Mirror {
  const door = new URL(options.assets, frame.ownerDocument.baseURI).href;
  const addresses = new WeakMap<Document, Address>();
  const media = new MediaAnswers();
  const nowhere = { door, base: "about:blank", media };
  return {
    frame,
    options,
    media,
    nodes: new NodeNumbers(),
    addressOf: (document) => addresses.get(document) ?? nowhere,
    setBase: (document, base) => addresses.set(document, { door, base, media }),
    settle: [],
    batchEnd: [],
    rootBegins: [],
  };
}

/** A frame within the page has no say over these. */
const OF_THE_PAGE: Kinds = {
  [Op.Page]: (facts) => void [facts.text(), facts.text()],
  [Op.Viewport]: (facts) => void Array.from({ length: 6 }, () => facts.num()),
  [Op.VisualViewport]: (facts) => void [facts.num(), facts.num(), facts.num()],
  [Op.Cost]: (facts) => void [facts.num(), facts.num()],
};

export interface Applier {
  readonly nodes: Pick<NodeNumbers, "idOf" | "nodeOf">;
  /** Apply a batch in slices. Rejects with BadFacts, or what the DOM refuses. Batches must not overlap. */
  apply(slots: readonly Slot[], goesOn: () => boolean): Promise<void>;
}

/** Apply the next op. Between its steps, and after it, what is there may be shown. */
function* steps(kinds: Kinds, reader: FactReader): Iterable<void> {
  const op = reader.num();
  const kind = kinds[op];
  if (!kind) throw new BadFacts(`unknown op ${op}`);
  yield* kind(reader) ?? [];
  yield;
}

export function startApplier(frame: HTMLIFrameElement, options: PlayerOptions): Applier {
  const { mirror, foreign, kinds } = startKinds(frame, options);
  const reader = new FactReader();
  const settle = () => {
    for (const step of mirror.settle) step();
  };

  const slices = new Slices(() => frame.contentDocument?.documentElement?.offsetHeight);

  async function apply(slots: readonly Slot[], goesOn: () => boolean): Promise<void> {
    const goesOnAfterPause = async (): Promise<boolean> => {
      settle();
      await slices.pause();
      return goesOn();
    };
    reader.open(slots);
    slices.begin();
    while (!reader.done) {
      for (const _ of steps(kinds, reader)) if (slices.isOver && !(await goesOnAfterPause())) return;
    }
    for (const step of mirror.batchEnd) step();
    settle();
    slices.end();
  }

  const nodes = {
    idOf: (node: Node) => mirror.nodes.idOf(node) ?? foreign.idOf(node),
    nodeOf: (id: number) => mirror.nodes.nodeOf(id) ?? foreign.nodeOf(id),
  };
  return { nodes, apply };
}

/** A frame of another site: its batches are applied at once, and what is wrong in them breaks nothing around it. */
const startInner: StartInner = (frame, options, base) => {
  const { mirror, kinds } = startKinds(frame, options);
  const innerKinds = { ...kinds, ...OF_THE_PAGE };
  const reader = new FactReader();
  let broken = false;
  return {
    base,
    idOf: (node) => mirror.nodes.idOf(node),
    nodeOf: (id) => mirror.nodes.nodeOf(id),
    apply(slots) {
      if (broken) return;
      try {
        reader.open(slots);
        while (!reader.done) for (const _ of steps(innerKinds, reader));
        for (const step of [...mirror.batchEnd, ...mirror.settle]) step();
      } catch (error) {
        broken = true;
        console.warn("Twinpane: a frame of another site cannot be shown", error);
      }
    },
  };
};

function startKinds(
  frame: HTMLIFrameElement,
  options: PlayerOptions,
): { mirror: Mirror; foreign: Foreign; kinds: Kinds } {
  const mirror = startMirror(frame, options);
  const attributes = startAttributes(mirror);
  const styles = startStyleTexts(mirror);
  const edits = startSheetEdits(mirror, attributes);
  const canvases = startCanvases(mirror, attributes);
  const build = startBuild(mirror, attributes, styles, canvases);
  const foreign = startForeign(mirror, attributes, startInner);
  const kinds: Kinds = {
    ...attributes.kinds,
    ...startTree(mirror, build, styles, edits),
    ...startRoots(mirror, build),
    ...startInputs(mirror),
    ...startScroll(mirror),
    ...startPage(mirror),
    ...startDevice(mirror),
    ...startHover(mirror),
    ...startFocus(mirror),
    ...startSelection(mirror),
    ...startSheets(mirror, edits, styles),
    ...canvases.kinds,
    ...startMedia(mirror),
    ...startAnimations(mirror),
    ...startFonts(mirror),
    ...startCandidates(mirror, attributes),
    ...startTopLayer(mirror),
    ...startReceipt(mirror, styles),
    ...startStates(mirror),
    ...startMarks(mirror),
    ...foreign.kinds,
  };
  return { mirror, foreign, kinds };
}
