// rrweb's player in live mode, without a buffer, canvases allowed.
import { Replayer } from "rrweb";

const replayer = new Replayer([], {
  root: document.body,
  liveMode: true,
  mouseTail: false,
  showWarning: false,
  UNSAFE_replayCanvas: true,
});
let started = false;
globalThis.player = {
  address: "",
  seen: null,
  add(events) {
    for (const event of events) {
      if (!started) replayer.startLive(event.timestamp);
      started = true;
      if (event.type === 4) player.address = event.data.href;
      replayer.addEvent(event);
    }
  },
};
