// Microsoft Clarity: yields while it reads, and collects for upload rather than to be watched.
import { clarity } from "clarity-js";

const UPLOAD_EVERY_MS = 500;
/** It says nothing of being through; smaller payloads come before the one that has the page. */
const THROUGH_MS = 1800;

let resolveFirst;
const first = new Promise((resolve) => {
  resolveFirst = resolve;
});
globalThis.__mirror = {
  async start(emit) {
    clarity.start({
      projectId: "x",
      track: false,
      content: true,
      delay: UPLOAD_EVERY_MS,
      unmask: ["body"],
      upload(payload) {
        emit(payload);
        resolveFirst();
      },
    });
  },
  async ready() {
    await Promise.all([first, new Promise((resolve) => setTimeout(resolve, THROUGH_MS))]);
  },
  stop: () => clarity.stop(),
};
