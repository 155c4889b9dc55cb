// Records the page and sends each event over the stock relay.
import { record } from "rrweb";

globalThis.startRecording = async (url) => {
  const socket = new WebSocket(url);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const encoder = new TextEncoder();
  record({ emit: (event) => socket.send(encoder.encode(JSON.stringify(event))) });
};
