/** What stands around the picture. A bundle of its own, so that the picture does not wait for it; `page_only` does without. */
export { Bar } from "./bar.tsx";
export { measureDelays } from "./delay.ts";
export { Docked } from "./dock.tsx";
export { hear } from "./dock_state.ts";
export { Help } from "./help.tsx";
export { startPan } from "./pan.ts";
export { Toasts } from "./toasts.tsx";
export { Tools } from "./tools.tsx";
