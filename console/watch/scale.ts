/** How large the picture is drawn. Pure, but for the switch of the whole screen. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** "fit", or a fixed scale where 1 is 100 %. */
export type Zoom = "fit" | number;

/** Small pages are drawn at most this much larger to fill the window. */
const MOST_FIT = 2;
/** Where a frame may not, nothing happens. */
export function switchFullScreen(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  done?.catch(() => undefined);
}

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3] as const;

/** Return the scale that shows `page` in `area`. */
export function scaleOf(zoom: Zoom, area: Size, page: Size): number {
  if (zoom !== "fit") return zoom;
  if (page.width <= 0 || page.height <= 0 || area.width <= 0 || area.height <= 0) return 1;
  return Math.min(area.width / page.width, area.height / page.height, MOST_FIT);
}

/** Return the next larger (`direction` 1) or smaller (-1) step from a scale. */
export function nextZoom(scale: number, direction: 1 | -1): number {
  const near = 0.01;
  if (direction === 1) return STEPS.find((step) => step > scale + near) ?? STEPS[STEPS.length - 1] ?? 1;
  return STEPS.findLast((step) => step < scale - near) ?? STEPS[0];
}
