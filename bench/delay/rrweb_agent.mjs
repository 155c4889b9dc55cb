// Plays what comes over the stock relay in rrweb's live mode, with the buffer that is asked for.
import { Replayer } from "rrweb";

globalThis.startPlaying = async (url, bufferMs) => {
  const replayer = new Replayer([], { root: document.body, liveMode: true, showWarning: false, mouseTail: false });
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  const decoder = new TextDecoder();
  let started = false;
  socket.onmessage = ({ data }) => {
    if (!started) {
      started = true;
      replayer.startLive(Date.now() - bufferMs);
    }
    replayer.addEvent(JSON.parse(decoder.decode(data)));
  };
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
};
