// As play.js, for record_readable.js.
import "./play.js";

const { feed } = globalThis.__player;
globalThis.__player.feed = (message) => feed(message.frame);
