// The measuring contract for mirrors, over our capture: `globalThis.__mirror` emits each frame as a base64 string.
import { startCapture } from "../../sdk/capture/capture.ts";

const CONFIG = { maskedElements: [], unmaskedElements: [], maskAll: false, noRemoteElements: [], enableCanvases: true };

function textOf(frame) {
  let text = "";
  for (let at = 0; at < frame.length; at += 8192) text += String.fromCharCode(...frame.subarray(at, at + 8192));
  return btoa(text);
}

let capture;
let emitted;
let timer;
globalThis.__mirror = {
  name: "twinpane",
  async start(emit) {
    // Kept as bytes, as a socket would have them; the text is made when it is asked for.
    const frames = [];
    emitted = () => {
      while (frames.length) emit(textOf(frames.shift()));
    };
    capture = startCapture(window, {
      epoch: 1,
      config: CONFIG,
      send(frame) {
        frames.push(frame);
        clearTimeout(timer);
        timer = setTimeout(emitted, 0);
      },
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
    emitted();
  },
  stop() {
    capture.stop();
  },
};
