// Sentry's fork of rrweb.
import { record } from "@sentry-internal/rrweb";

let stop;
globalThis.__mirror = {
  async start(emit) {
    stop = record({ emit, maskAllText: false, maskAllInputs: false });
  },
  async ready() {},
  stop: () => stop?.(),
};
