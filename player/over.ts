/** What lies over the stage: cursors, drawings, lasers. A bundle of its own, fetched by the watch page once there is a picture. */
export { startInk } from "./ink/ink.ts";
export { startOverlay } from "./overlay/overlay.ts";
