/** What canvases show, told after they were drawn on, at most twice a second (api.md `enableCanvases`). */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { native, type Stop, together, type View } from "./natives.ts";
import { patchAll } from "./patches.ts";

const LOOK_MS = 500;
/** Encoding takes the page's time; a larger canvas is told smaller. */
const MAX_PIXELS = 1_000_000;
const QUALITY = 0.8;
const PAINTS_2D = "fillRect clearRect strokeRect fill stroke fillText strokeText drawImage putImageData reset";
const PAINTS_GL = "clear drawArrays drawElements";
const PAINTS_GL2 = "drawArraysInstanced drawElementsInstanced blitFramebuffer";

export function startCanvas(context: Context): Stop {
  const { page, numbers, facts, tree, mask } = context;
  if (!context.options.config.enableCanvases) return () => undefined;
  const drawn = new Set<HTMLCanvasElement>();
  const pictures = new Map<HTMLCanvasElement, string | null>();
  /** Begins of listening, kept until there is a canvas: the browser builds WebGL's prototypes at the first look, for 2 ms. */
  const waiting = new Set<() => void>();
  let hasCanvas = false;
  let scratch: HTMLCanvasElement | null = null;

  function encode(canvas: HTMLCanvasElement): string {
    const pixels = canvas.width * canvas.height;
    if (pixels <= MAX_PIXELS) return canvas.toDataURL("image/webp", QUALITY);
    const scale = Math.sqrt(MAX_PIXELS / pixels);
    scratch ??= page.document.createElement("canvas");
    scratch.width = canvas.width * scale;
    scratch.height = canvas.height * scale;
    scratch.getContext("2d")?.drawImage(canvas, 0, 0, scratch.width, scratch.height);
    return scratch.toDataURL("image/webp", QUALITY);
  }
  /** Read the pictures now; null for what came from another site and may not be read. */
  function read(): void {
    for (const canvas of drawn) {
      if (canvas === scratch || !numbers.has(canvas) || tree.levels.has(canvas) || canvas.width * canvas.height === 0)
        continue;
      try {
        pictures.set(canvas, encode(canvas));
      } catch {
        // What was drawn on it taints the scratch canvas as well.
        scratch = null;
        pictures.set(canvas, null);
      }
    }
    drawn.clear();
    if (pictures.size) context.soon();
  }
  function painted(self: unknown): void {
    const canvas = (self as CanvasRenderingContext2D).canvas;
    if ((canvas as Node | undefined)?.nodeType === 1) drawn.add(canvas);
  }
  function listenIn(view: View): Stop {
    const gl = view.WebGLRenderingContext?.prototype;
    const gl2 = view.WebGL2RenderingContext?.prototype;
    return together(
      patchAll(view.CanvasRenderingContext2D?.prototype, PAINTS_2D, painted),
      patchAll(gl, PAINTS_GL, painted),
      patchAll(gl2, `${PAINTS_GL} ${PAINTS_GL2}`, painted),
    );
  }
  context.onTold(["canvas"], (element) => {
    drawn.add(element as HTMLCanvasElement);
    hasCanvas = true;
    for (const begin of waiting) begin();
    waiting.clear();
  });
  context.onRoot((root, view) => {
    if (root.nodeType !== 9) return () => undefined;
    let stop: Stop = () => undefined;
    const begin = () => {
      stop = listenIn(view);
    };
    if (hasCanvas) begin();
    else waiting.add(begin);
    return () => {
      waiting.delete(begin);
      stop();
    };
  });
  context.onBatch(() => {
    for (const [canvas, picture] of pictures) {
      const id = numbers.idOf(canvas);
      if (id === undefined || tree.levels.has(canvas)) continue;
      facts.slots.push(Op.Canvas, id, canvas.width, canvas.height, picture === null ? null : mask.own(picture));
    }
    pictures.clear();
  });
  /** In a frame's callback, after the page's own: WebGL forgets its picture when the frame is shown. */
  function look(): void {
    if (drawn.size && !page.document.hidden) native(page, "requestAnimationFrame").call(page, read);
  }
  const timer = native(page, "setInterval").call(page, look, LOOK_MS);
  return () => native(page, "clearInterval").call(page, timer as never);
}
