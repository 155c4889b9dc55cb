// OpenReplay's tracker. It wants to be let in by a server of its own (see site.py); what counts is what it commits.
import Tracker from "@openreplay/tracker";

const PLAIN = {
  __DISABLE_SECURE_MODE: true,
  defaultInputMode: 0,
  obscureInputEmails: false,
  obscureInputDates: false,
  obscureTextEmails: false,
  obscureTextNumbers: false,
  forceSingleTab: true,
  canvas: { disableCanvas: true },
};
/** It commits on a ticker, and in idle moments. */
const SETTLED_MS = 150;

let tracker;
let first;
globalThis.__mirror = {
  async start(emit) {
    tracker = new Tracker({ projectKey: "k", ingestPoint: `${location.origin}/intake`, ...PLAIN });
    first = new Promise((resolve) => {
      tracker.app.attachCommitCallback((messages) => {
        emit(messages.slice());
        resolve();
      });
    });
    const { success, reason } = await tracker.start();
    if (!success) throw new Error(reason);
  },
  async ready() {
    await first;
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  },
  stop: () => tracker.stop(),
};
