// As play.js, with the server's part played here: what the page supplied is shown in the place of the door's addresses, style
// sheets with theirs rewritten as the door does; what it could not supply comes from its own address, as the server would get it.
import { decodeHeader, HEADER_BYTES, Kind } from "../../protocol/ts/envelope.ts";
import "./play.js";

const DOOR = /(?:https?:\/\/[^/"')\s]+)?\/assets\/([^"')\s#,]+)/g;
const WAIT_MS = 1500;
const ATTRIBUTES = ["src", "srcset", "href", "poster", "background", "style"];
const { mount, feed } = globalThis.__player;
/** Addresses of what came, by that of the page. */
const supplied = new Map();
const wantedSince_ms = new Map();
const watched = new WeakSet();

/** What the page supplies comes first; the address itself is tried when it did not. */
function addressOf(url) {
  if (!wantedSince_ms.has(url)) wantedSince_ms.set(url, performance.now());
  const waited_ms = performance.now() - wantedSince_ms.get(url);
  return supplied.get(url) ?? (waited_ms > WAIT_MS ? url : null);
}
function replaced(text) {
  return text.replace(DOOR, (whole, url) => addressOf(decodeURIComponent(url)) ?? whole);
}
function rewritten(css, base) {
  return css.replace(/url\(\s*["']?([^"')]+)["']?\s*\)/g, (_, url) => `url("${supplied.get(new URL(url, base).href) ?? new URL(url, base).href}")`);
}
function take(frame) {
  const size = new DataView(frame.buffer, frame.byteOffset).getUint32(HEADER_BYTES);
  const at = HEADER_BYTES + 4;
  const { url, type } = JSON.parse(new TextDecoder().decode(frame.subarray(at, at + size)));
  let body = frame.subarray(at + size);
  if (type.startsWith("text/css")) body = rewritten(new TextDecoder().decode(body), url);
  supplied.set(url, URL.createObjectURL(new Blob([body], { type })));
}
function settle(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const now = value && replaced(value);
    // Setting it anew to the same would be seen as a change, for ever.
    if (now !== value) element.setAttribute(name, now);
  }
  if (element.localName === "style") {
    for (const text of element.childNodes) if (replaced(text.data) !== text.data) text.data = replaced(text.data);
  }
  if (element.shadowRoot) watch(element.shadowRoot);
  if (element.localName === "iframe" && element.contentDocument) watch(element.contentDocument);
}
function settleAll(root) {
  for (const element of root.querySelectorAll("*")) settle(element);
}
function watch(root) {
  settleAll(root);
  if (watched.has(root)) return;
  watched.add(root);
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(() => settleAll(root)).observe(root, all);
}

Object.assign(globalThis.__player, {
  mount(element) {
    mount(element);
    setInterval(() => globalThis.__player.doc() && watch(globalThis.__player.doc()), 100);
  },
  async feed(message) {
    const frame = Uint8Array.from(atob(message), (character) => character.charCodeAt(0));
    if (decodeHeader(frame).kind === Kind.Asset) take(frame);
    else await feed(message);
  },
});
