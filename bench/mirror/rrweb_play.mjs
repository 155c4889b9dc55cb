// rrweb's player behind the same verbs as ours: it rebuilds the page from one event.
import { Replayer } from "rrweb";

let replayer;
globalThis.__player = {
  mount(element) {
    replayer = new Replayer([], { root: element, liveMode: true, showWarning: false, mouseTail: false });
  },
  feed(event) {
    if (event.type === 4) replayer.startLive(event.timestamp);
    replayer.addEvent(event);
  },
  doc: () => replayer.iframe.contentDocument,
};
