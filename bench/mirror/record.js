// The measuring contract for mirrors, over our capture: `globalThis.__mirror` emits each frame as it leaves for the socket.
// A frame becomes text (base64, for peers that speak text) only when it is asked for its JSON, which the product never does.
import { startCapture } from "../../sdk/capture/capture.ts";
import { startKinds, tellParent } from "../../sdk/kinds.ts";
import { offerToParents } from "../../sdk/surface/parents.ts";

const CONFIG = { maskedElements: [], unmaskedElements: [], maskAll: false, maskedParameters: [], noRemoteElements: [], enableCanvases: true };

function textOf(frame) {
  let text = "";
  for (let at = 0; at < frame.length; at += 8192) text += String.fromCharCode(...frame.subarray(at, at + 8192));
  return btoa(text);
}

let capture;

function begin(options) {
  capture = startCapture(window, {
    epoch: 1,
    config: { ...CONFIG, ...globalThis.__mirrorRules },
    unacknowledgedBytes: () => 0,
    isOurs: () => false,
    fetchKinds: async () => startKinds,
    onBroken: (reason) => console.error("capture broke:", reason),
    ...options,
  });
  return capture;
}

/** In a frame of another site that lets the page around it, as its settings would say. */
function offer() {
  const origin = location.ancestorOrigins?.[0] ?? new URL(document.referrer).origin;
  const control = { carryOut: (_wish, _wisher, answered) => answered("not_possible", null), ask: () => "not_possible", stop: () => undefined };
  const start = (options) => ({ capture: begin(options), control });
  offerToParents(window, () => [origin], (port) => tellParent(window, port, start));
}

function isOfAnotherSite() {
  try {
    return window.parent !== window && !window.parent.document;
  } catch {
    return true;
  }
}

globalThis.__mirror = {
  name: "twinpane",
  async start(emit) {
    if (isOfAnotherSite()) offer();
    else begin({ send: (frame) => emit({ byteLength: frame.byteLength, toJSON: () => textOf(frame) }) });
  },
  async ready() {
    await capture?.told;
  },
  async flush() {
    capture.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
  supply(url) {
    return capture.supplyAsset(url);
  },
  stop() {
    capture.stop();
  },
};
