// As record.js, and the page supplies its assets as it does when the server asks for them: here, without a server, all that the
// page has loaded is asked for.
import "./record.js";

const LOOK_MS = 150;
const AGAIN_MS = 1000;
const { start, stop } = globalThis.__mirror;
const asked = new Set();
let timer;

function loaded() {
  const resources = performance.getEntriesByType("resource").map(({ name }) => name);
  const written = [...document.querySelectorAll("[src],link[href]")].map((element) => element.currentSrc ?? element.href);
  return [...resources, ...written].filter((url) => /^(?:https?|blob):/.test(url) && !asked.has(url));
}

Object.assign(globalThis.__mirror, {
  async start(emit) {
    await start(emit);
    timer = setInterval(() => {
      for (const url of loaded()) {
        asked.add(url);
        // What is not told yet is not supplied.
        globalThis.__mirror.supply(url).then((found) => found || setTimeout(() => globalThis.__mirror.supply(url), AGAIN_MS));
      }
    }, LOOK_MS);
  },
  stop() {
    clearInterval(timer);
    stop();
  },
});
