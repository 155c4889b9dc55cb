/** Applies the facts of one epoch, batch after batch, to the stage. */
import { BadFacts, FactReader, Op, type Slot } from "#protocol/facts";
import { NodeNumbers } from "../nodes/numbers.ts";
import { nextTask } from "../nodes/slices.ts";
import type { PlayerOptions } from "../ports.ts";
import type { Address } from "../stage/urls.ts";
import { startAttributes } from "./attributes.ts";
import { startBuild } from "./build.ts";
import { startCanvases } from "./canvas.ts";
import { startFocus } from "./focus.ts";
import { startHover } from "./hover.ts";
import { startInputs } from "./inputs.ts";
import { startMedia } from "./media.ts";
import type { Kinds, Mirror } from "./mirror.ts";
import { startPage } from "./page.ts";
import { startRoots } from "./roots.ts";
import { startScroll } from "./scroll.ts";
import { startSelection } from "./selection.ts";
import { startSheets } from "./sheets.ts";
import { startStyleTexts } from "./styles.ts";
import { startTopLayer } from "./toplayer.ts";
import { startTree } from "./tree.ts";

/** Longer than this the agent would feel it. */
const SLICE_MS = 12;

function startMirror(frame: HTMLIFrameElement, options: PlayerOptions): Mirror {
  const door = new URL(options.assets, frame.ownerDocument.baseURI).href;
  const addresses = new WeakMap<Document, Address>();
  const nowhere = { door, base: "about:blank" };
  return {
    frame,
    options,
    nodes: new NodeNumbers(),
    addressOf: (document) => addresses.get(document) ?? nowhere,
    setBase: (document, base) => addresses.set(document, { door, base }),
    settle: [],
    batchEnd: [],
    rootBegins: [],
  };
}

/** Told for the agent's or a test's eyes, not for the stage. */
const UNSHOWN: Kinds = {
  [Op.Digest]: (facts) => [facts.num(), facts.num()],
  [Op.Unfaithful]: (facts) => [facts.num(), facts.text()],
};

export interface Applier {
  readonly nodes: NodeNumbers;
  /** Apply a batch in slices. Rejects with BadFacts, or what the DOM refuses. Batches must not overlap. */
  apply(slots: readonly Slot[], goesOn: () => boolean): Promise<void>;
}

export function startApplier(frame: HTMLIFrameElement, options: PlayerOptions): Applier {
  const mirror = startMirror(frame, options);
  const attributes = startAttributes(mirror);
  const styles = startStyleTexts(mirror);
  const canvases = startCanvases(mirror, attributes);
  const build = startBuild(mirror, attributes, styles, canvases);
  const kinds: Kinds = {
    ...UNSHOWN,
    ...attributes.kinds,
    ...startTree(mirror, build, styles),
    ...startRoots(mirror, build),
    ...startInputs(mirror),
    ...startScroll(mirror),
    ...startPage(mirror),
    ...startHover(mirror),
    ...startFocus(mirror),
    ...startSelection(mirror),
    ...startSheets(mirror, attributes, styles),
    ...canvases.kinds,
    ...startMedia(mirror),
    ...startTopLayer(mirror),
  };
  const reader = new FactReader();
  const settle = () => {
    for (const step of mirror.settle) step();
  };

  async function apply(slots: readonly Slot[], goesOn: () => boolean): Promise<void> {
    reader.open(slots);
    let until = performance.now() + SLICE_MS;
    while (!reader.done) {
      const op = reader.num();
      const kind = kinds[op];
      if (!kind) throw new BadFacts(`unknown op ${op}`);
      kind(reader);
      if (performance.now() < until) continue;
      settle();
      await nextTask();
      if (!goesOn()) return;
      until = performance.now() + SLICE_MS;
    }
    for (const step of mirror.batchEnd) step();
    settle();
  }

  return { nodes: mirror.nodes, apply };
}
