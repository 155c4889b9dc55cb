/**
 * What canvases and videos without an address show, told as the pieces that changed. Looks are rare when they cost much; what
 * moves is told roughly, and finely once it rests (SPEC F14).
 */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { native, type Stop, type View } from "./natives.ts";
import { encoded } from "./picture_bytes.ts";
import { FINE, qualityAfter, restAfter } from "./rate.ts";
import { hashesOf, type Piece, piecesOf, TILE_PX } from "./tiles.ts";

export type Source = HTMLCanvasElement | HTMLVideoElement;

/** Looking at several pictures stops here until the next turn. */
const LOOK_MS = 6;
/** A larger picture is told smaller. */
const MAX_CANVAS_PIXELS = 1_000_000;
const MAX_VIDEO_PIXELS = 160_000;
/** The network is behind: pictures wait, and what changes meanwhile is told once. */
const BEHIND_BYTES = 64 * 1024;
const BEHIND_WAIT_MS = 250;
/** A picture that rests is told finely after this. */
const REST_MS = 600;
/** One that may not be read is tried again: a new size makes it readable. */
const UNREADABLE_WAIT_MS = 4000;

/** What the agent has of a source. */
interface Told {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  /** Of the tiles; null before the first look. */
  hashes: Float64Array | null;
  /** Marks tiles that were told roughly. */
  rough: Uint8Array;
  changedLooks: number;
  unreadableUntil_ms: number;
}

interface Ready {
  readonly source: Source;
  readonly told: Told;
  readonly pieces: readonly Piece[];
  readonly urls: readonly string[];
}

export interface Pictures {
  /** It may show something else now. */
  changed(source: Source): void;
  /** It lost all it showed, or has it again. */
  lost(source: Source, isLost: boolean): void;
  /** Keep what it shows at this moment, for a source that cannot be read later. */
  freeze(canvas: HTMLCanvasElement): void;
  /** Called after each look at a source, with whether it showed anything new. */
  onLook: (source: Source, isNew: boolean) => void;
  stop: Stop;
}

export function startPictures(context: Context): Pictures {
  const { page, numbers, facts, tree, mask } = context;
  const told = new Map<Source, Told>();
  const waiting = new Set<Source>();
  const frozen = new Map<Source, ImageBitmap>();
  const gone = new WeakSet<Source>();
  const unreadable: Source[] = [];
  let ready: Ready[] = [];
  let scratch: OffscreenCanvas | null = null;
  let busy = false;
  let stopped = false;

  const isTold = (source: Source) => numbers.has(source) && !tree.levels.has(source) && source.isConnected;
  const pictures: Pictures = {
    onLook: () => undefined,
    changed(source) {
      waiting.add(source);
      if (!busy) later(0);
    },
    lost(source, isLost) {
      if (isLost) gone.add(source);
      else gone.delete(source);
      told.delete(source);
      pictures.changed(source);
    },
    freeze(canvas) {
      if (!isTold(canvas)) return;
      void page.createImageBitmap(canvas).then((bitmap) => {
        frozen.get(canvas)?.close();
        frozen.set(canvas, bitmap);
        pictures.changed(canvas);
      }, ignore);
    },
    stop() {
      stopped = true;
      for (const source of [...told.keys(), ...frozen.keys()]) forget(source);
    },
  };

  function forget(source: Source): void {
    told.delete(source);
    frozen.get(source)?.close();
    frozen.delete(source);
  }

  // ---- when ---------------------------------------------------------------------------------------

  function later(wait_ms: number): void {
    busy = true;
    native(page, "setTimeout").call(page, awaitFrame, wait_ms);
  }
  /** Looks in a frame's callback, after the page's own. */
  function awaitFrame(): void {
    if (stopped) return;
    if (context.options.unacknowledgedBytes() > BEHIND_BYTES) {
      later(BEHIND_WAIT_MS);
      return;
    }
    const [first] = waiting;
    const view = (first?.ownerDocument.defaultView as View | null | undefined) ?? page;
    native(view, "requestAnimationFrame").call(view, () => void look(view).catch(ignore));
  }
  async function look(view: View): Promise<void> {
    const began_ms = performance.now();
    const encodings: Promise<Ready | null>[] = [];
    for (const source of waiting) {
      if ((source.ownerDocument.defaultView ?? page) !== view) continue;
      waiting.delete(source);
      if (isTold(source)) encodings.push(...read(source));
      else forget(source);
      if (performance.now() - began_ms > LOOK_MS) break;
    }
    const cost_ms = performance.now() - began_ms;
    const done = (await Promise.all(encodings)).filter((one) => one !== null);
    if (stopped) return;
    ready.push(...done);
    if (ready.length || unreadable.length) context.soon();
    const bytes = done.flatMap(({ urls }) => urls).reduce((sum, url) => sum + url.length, 0);
    native(page, "setTimeout").call(page, goOn, restAfter(cost_ms, bytes));
  }
  function goOn(): void {
    busy = false;
    if (waiting.size && !stopped) later(0);
  }

  // ---- what ---------------------------------------------------------------------------------------

  /** The size in which a source is told. */
  function sizeOf(source: Source): { width: number; height: number } {
    const isCanvas = source.localName === "canvas";
    const { width, height } = source as HTMLCanvasElement;
    const { videoWidth, videoHeight } = source as HTMLVideoElement;
    const natural = isCanvas ? { width, height } : { width: videoWidth, height: videoHeight };
    const most = isCanvas ? MAX_CANVAS_PIXELS : MAX_VIDEO_PIXELS;
    const scale = Math.min(1, Math.sqrt(most / (natural.width * natural.height)));
    return { width: Math.round(natural.width * scale), height: Math.round(natural.height * scale) };
  }
  function isCurrent(source: Source, known: Told): boolean {
    const { width, height } = sizeOf(source);
    return known.id === numbers.idOf(source) && known.width === width && known.height === height;
  }
  /** What the agent has of it; of a new picture nothing, that is a blank one. */
  function knownOf(source: Source): Told {
    const before = told.get(source);
    if (before && isCurrent(source, before)) return before;
    const { width, height } = sizeOf(source);
    const fresh: Told = {
      ...{ id: numbers.idOf(source) as number, width, height },
      ...{ hashes: null, rough: new Uint8Array(0), changedLooks: 0, unreadableUntil_ms: 0 },
    };
    told.set(source, fresh);
    return fresh;
  }
  /** Read what a source shows; a promise of its changed pieces, if there are any. */
  function read(source: Source): Promise<Ready | null>[] {
    const known = knownOf(source);
    const { width, height } = known;
    if (!width || !height || performance.now() < known.unreadableUntil_ms) return [];
    const pixels = gone.has(source) ? null : pixelsOf(source, width, height);
    if (!pixels) {
      if (!known.unreadableUntil_ms) unreadable.push(source);
      known.unreadableUntil_ms = performance.now() + UNREADABLE_WAIT_MS;
      return [];
    }
    known.unreadableUntil_ms = 0;
    const now = hashesOf(pixels, width, height);
    const [pieces, quality] = changesOf(source, known, now);
    if (pieces.length === 0) return [];
    const urls = pieces.map((piece) => encoded(scratch as OffscreenCanvas, piece, quality));
    return [
      Promise.all(urls).then(
        (all) => ({ source, told: known, pieces, urls: all }),
        () => {
          told.delete(source);
          return null;
        },
      ),
    ];
  }
  /** Null for what came from another site and may not be read. */
  function pixelsOf(source: Source, width: number, height: number): Uint32Array | null {
    try {
      if (scratch?.width !== width || scratch.height !== height) scratch = new page.OffscreenCanvas(width, height);
      const drawing = scratch.getContext("2d", { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
      drawing.clearRect(0, 0, width, height);
      drawing.drawImage(frozen.get(source) ?? source, 0, 0, width, height);
      return new Uint32Array(drawing.getImageData(0, 0, width, height).data.buffer);
    } catch {
      // What was drawn on it taints the scratch canvas as well.
      scratch = null;
      return null;
    }
  }
  function changesOf(source: Source, known: Told, now: Float64Array): [Piece[], number] {
    const before = known.hashes ?? new Float64Array(now.length);
    if (known.rough.length !== now.length) known.rough = new Uint8Array(now.length);
    known.hashes = now;
    const changed = new Uint8Array(now.length);
    for (let tile = 0; tile < now.length; tile++) if (now[tile] !== before[tile]) changed[tile] = 1;
    const isNew = changed.includes(1);
    known.changedLooks = isNew ? known.changedLooks + 1 : 0;
    pictures.onLook(source, isNew);
    const quality = qualityAfter(known.changedLooks);
    if (!isNew) changed.set(known.rough);
    const pieces = piecesOf(changed, known.width, known.height);
    markRough(known, pieces, quality);
    if (known.rough.includes(1)) {
      native(page, "setTimeout").call(page, () => !stopped && pictures.changed(source), REST_MS);
    }
    return [pieces, quality];
  }
  function markRough(known: Told, pieces: readonly Piece[], quality: number): void {
    const columns = Math.ceil(known.width / TILE_PX);
    for (const { x, y, width, height } of pieces) {
      for (let row = y / TILE_PX; row * TILE_PX < y + height; row++) {
        const from = row * columns + x / TILE_PX;
        known.rough.fill(quality < FINE ? 1 : 0, from, from + Math.ceil(width / TILE_PX));
      }
    }
  }

  // ---- telling ------------------------------------------------------------------------------------

  context.onBatch(() => {
    for (const [source, known] of told) {
      if (!numbers.has(source)) forget(source);
      // The agent's is blank again: sizes are told with the tree.
      else if (isTold(source) && !isCurrent(source, known)) {
        told.delete(source);
        pictures.changed(source);
      }
    }
    for (const source of unreadable.splice(0)) {
      const id = numbers.idOf(source);
      if (id === undefined || tree.levels.has(source)) continue;
      const { width, height } = sizeOf(source);
      facts.slots.push(Op.Canvas, id, width, height, null);
      facts.slots.push(Op.Unfaithful, id, mask.own(gone.has(source) ? "picture_lost" : "picture_of_another_site"));
    }
    for (const { source, told: known, pieces, urls } of ready) {
      if (told.get(source) !== known || !isTold(source)) continue;
      facts.slots.push(Op.Tiles, known.id, known.width, known.height, pieces.length);
      pieces.forEach(({ x, y }, i) => {
        facts.slots.push(x, y, mask.own(urls[i] as string));
      });
    }
    ready = [];
  });
  return pictures;
}

function ignore(): void {
  // Closed or gone meanwhile: there is nothing to show.
}
