// The measuring contract for mirrors, over our player: `globalThis.__player` takes frames as base64 strings.
import { createPlayer } from "../../player/player.ts";

let player;
globalThis.__player = {
  name: "twinpane",
  mount(element) {
    const broken = (reason) => console.error("player broke:", reason);
    player = createPlayer(element, { stageUrl: "about:blank", assets: "/assets/", onBroken: broken });
    player.reset(1);
  },
  feed(message) {
    return player.feed(Uint8Array.from(atob(message), (character) => character.charCodeAt(0)));
  },
  doc: () => player.document,
  node: (id) => player.nodeOf(id),
};
