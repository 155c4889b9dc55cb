// The recorder to compare with, behind the same two verbs as ours.
import { record } from "rrweb";

let stop;
globalThis.__mirror = {
  async start(emit) {
    stop = record({ emit });
  },
  async ready() {},
  stop: () => stop?.(),
};
