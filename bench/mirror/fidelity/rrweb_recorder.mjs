// rrweb's recorder with all that it can record; events wait until they are taken.
import { record } from "rrweb";

let events = [];
globalThis.startRecording = () => {
  record({
    emit: (event) => events.push(event),
    recordCanvas: true,
    recordCrossOriginIframes: true,
    collectFonts: true,
    inlineImages: true,
    sampling: { mousemove: 20, mousemoveCallback: 50 },
  });
};
globalThis.takeEvents = () => {
  const taken = events;
  events = [];
  return taken;
};
