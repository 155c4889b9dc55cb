/** Which canvases may show something new (api.md `enableCanvases`): heard of by the calls that draw, else by looking now and then. */
import type { Context, StartKind } from "./context.ts";
import { watchFilms } from "./films.ts";
import { listen, native, type Stop, together, type View } from "./natives.ts";
import { patch, patchAll } from "./patches.ts";
import { type Pictures, startPictures } from "./pictures.ts";

const PAINTS_2D = "fillRect clearRect strokeRect fill stroke fillText strokeText drawImage putImageData reset";
const PAINTS_GL = "clear drawArrays drawElements";
const PAINTS_GL2 = "drawArraysInstanced drawElementsInstanced blitFramebuffer";
/** A canvas that no call was heard of is looked at after this, then more rarely while it rests: a worker may draw on it. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 16_000;
/** WebGL forgets its picture when a frame is shown; so often it is kept for the next look. */
const FREEZE_MS = 100;

type GL = WebGLRenderingContext | WebGL2RenderingContext;

/** Canvases, and videos that only the visitor's browser can play. */
export const startCanvas: StartKind = (context) => {
  if (!context.options.config.enableCanvases || !context.page.OffscreenCanvas) return () => undefined;
  const pictures = startPictures(context);
  return together(pictures.stop, watchCanvases(context, pictures), watchFilms(context, pictures));
};

function watchCanvases(context: Context, pictures: Pictures): Stop {
  const { page, numbers } = context;
  /** Begins of listening, kept until there is a canvas: the browser builds WebGL's prototypes at the first look, for 2 ms. */
  const waiting = new Set<() => void>();
  /** Looked at without being asked: how long to wait for it, and when it is due. */
  const silent = new Map<HTMLCanvasElement, { wait_ms: number; due_ms: number }>();
  const heard = new WeakSet<HTMLCanvasElement>();
  /** WebGL canvases that forget their picture: when it was kept last. */
  const forgetful = new WeakMap<HTMLCanvasElement, number>();
  let hasCanvas = false;
  let timer: Stop | null = null;

  function painted(self: unknown): void {
    const { canvas } = self as CanvasRenderingContext2D;
    if (!heard.has(canvas)) hear(canvas);
    pictures.changed(canvas);
  }
  function paintedByGL(self: unknown): void {
    const canvas = (self as GL).canvas as HTMLCanvasElement;
    if (!heard.has(canvas)) {
      hear(canvas);
      if (!(self as GL).getContextAttributes()?.preserveDrawingBuffer) forgetful.set(canvas, 0);
    }
    const frozen_ms = forgetful.get(canvas);
    if (frozen_ms === undefined) {
      pictures.changed(canvas);
      return;
    }
    const now_ms = performance.now();
    if (now_ms - frozen_ms < FREEZE_MS) return;
    forgetful.set(canvas, now_ms);
    // When the page has drawn all of its frame, and before that is shown.
    queueMicrotask(() => pictures.freeze(canvas));
  }
  function hear(canvas: HTMLCanvasElement): void {
    heard.add(canvas);
    silent.delete(canvas);
  }

  // ---- those that nothing is heard of ---------------------------------------------------------------

  function lookAt(canvas: HTMLCanvasElement, wait_ms: number): void {
    silent.set(canvas, { wait_ms, due_ms: performance.now() + wait_ms });
    timer ??= every(FIRST_LOOK_MS / 2, lookAround);
  }
  function lookAround(): void {
    const now_ms = performance.now();
    for (const [canvas, { wait_ms, due_ms }] of silent) {
      if (!numbers.has(canvas)) silent.delete(canvas);
      else if (due_ms <= now_ms) {
        lookAt(canvas, Math.min(LAST_LOOK_MS, wait_ms * 2));
        pictures.changed(canvas);
      }
    }
    if (silent.size) return;
    timer?.();
    timer = null;
  }
  pictures.onLook = (source, isNew) => {
    if (isNew && silent.has(source as HTMLCanvasElement)) lookAt(source as HTMLCanvasElement, FIRST_LOOK_MS / 2);
  };
  function every(interval_ms: number, run: () => void): Stop {
    const id = native(page, "setInterval").call(page, run, interval_ms);
    return () => native(page, "clearInterval").call(page, id as never);
  }

  // ---- listening ------------------------------------------------------------------------------------

  function listenIn(view: View): Stop {
    const gl = view.WebGLRenderingContext?.prototype;
    const gl2 = view.WebGL2RenderingContext?.prototype;
    return together(
      patchAll(view.CanvasRenderingContext2D?.prototype, PAINTS_2D, painted),
      patchAll(gl, PAINTS_GL, paintedByGL),
      patchAll(gl2, `${PAINTS_GL} ${PAINTS_GL2}`, paintedByGL),
      // A frame that has gone meanwhile has none of them.
      patch(view.HTMLCanvasElement?.prototype, "transferControlToOffscreen", (self) =>
        lookAt(self as HTMLCanvasElement, FIRST_LOOK_MS),
      ),
    );
  }
  context.onTold(["canvas"], (element) => {
    const canvas = element as HTMLCanvasElement;
    if (!heard.has(canvas)) lookAt(canvas, FIRST_LOOK_MS);
    pictures.changed(canvas);
    hasCanvas = true;
    for (const begin of waiting) begin();
    waiting.clear();
  });
  context.onRoot((root, view) => {
    const lost = listen(root, "webglcontextlost webglcontextrestored contextlost contextrestored", (event) =>
      pictures.lost(event.target as HTMLCanvasElement, event.type.endsWith("lost")),
    );
    if (root.nodeType !== 9) return lost;
    let stop: Stop = () => undefined;
    const begin = () => {
      stop = listenIn(view);
    };
    if (hasCanvas) begin();
    else waiting.add(begin);
    return () => {
      waiting.delete(begin);
      stop();
      lost();
    };
  });
  return () => timer?.();
}
