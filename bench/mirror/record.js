// The measuring contract for mirrors, over our capture: `globalThis.__mirror` emits each frame as it leaves for the socket.
// A frame becomes text (base64, for peers that speak text) only when it is asked for its JSON, which the product never does.
import { startCapture } from "../../sdk/capture/capture.ts";

const CONFIG = { maskedElements: [], unmaskedElements: [], maskAll: false, noRemoteElements: [], enableCanvases: true };

function textOf(frame) {
  let text = "";
  for (let at = 0; at < frame.length; at += 8192) text += String.fromCharCode(...frame.subarray(at, at + 8192));
  return btoa(text);
}

let capture;
globalThis.__mirror = {
  name: "twinpane",
  async start(emit) {
    capture = startCapture(window, {
      epoch: 1,
      config: CONFIG,
      send: (frame) => emit({ byteLength: frame.byteLength, toJSON: () => textOf(frame) }),
      unacknowledgedBytes: () => 0,
      isOurs: () => false,
      onBroken: (reason) => console.error("capture broke:", reason),
    });
  },
  async ready() {
    await capture.told;
  },
  async flush() {
    capture.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
  stop() {
    capture.stop();
  },
};
