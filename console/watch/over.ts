/** What lies over the picture: its bundle is fetched once there is a picture, and told what came before it. */
import { effect } from "@preact/signals";
import type { Ink, MarkTold, Overlay, Player } from "#player/ports";
import type { Wish } from "#protocol/messages";
import type { PictureParts } from "./picture.tsx";
import type { State } from "./state.ts";

export interface Over extends Pick<Overlay, "visitor" | "visible"> {
  /** There is a picture to lie over. */
  begin(player: Player): void;
  /** As `PlayerOptions.onMarks` tells. */
  told: Ink["told"];
  /** Another agent's wish. */
  pointed(agent: string, wish: Wish): void;
  refused(wish: number): void;
}

export function startOver(state: State, parts: PictureParts, onWish: (wish: Wish) => number): Over {
  let overlay: Overlay | null = null;
  let ink: Ink | null = null;
  let asked = false;
  let marks: ReadonlyMap<string, MarkTold> = new Map();
  let seen: Parameters<Overlay["visible"]>[0] = null;
  /** The newest of each agent, while the bundle is on its way. */
  const waiting = new Map<string, Wish>();

  async function fetchOver(player: Player): Promise<void> {
    const bundle = await import("#player/over");
    overlay = bundle.startOverlay(parts.pointers, player);
    overlay.visible(seen);
    ink = bundle.startInk(parts.pointers, parts.surface, {
      player,
      tool: () => (state.controls.value ? "look" : state.tool.value),
      me: () => state.me.value,
      onWish,
    });
    ink.told(marks);
    for (const [agent, wish] of waiting) pointed(agent, wish);
    waiting.clear();
    effect(() => {
      parts.surface.dataset["tool"] = state.controls.value ? "look" : state.tool.value;
      ink?.toolChanged();
    });
    effect(() => {
      for (const { id, connected } of state.session.value?.agents ?? []) {
        if (connected) continue;
        overlay?.forget(id);
        ink?.forget(id);
      }
    });
  }

  function pointed(id: string, wish: Wish): void {
    const agent = state.session.value?.agents.find((one) => one.id === id);
    if (!agent || (wish.kind !== "point" && wish.kind !== "click")) return;
    if (!ink) waiting.set(id, wish);
    ink?.point(agent, wish);
    if (wish.kind === "point" && wish.laser) overlay?.forget(id);
    else overlay?.point(agent, wish);
  }

  return {
    begin(player) {
      if (asked) return;
      asked = true;
      fetchOver(player).catch((reason) => {
        asked = false;
        console.warn("Twinpane: cursors and drawings cannot be shown", reason);
      });
    },
    told(now, key) {
      marks = now;
      ink?.told(now, key);
    },
    pointed,
    refused: (wish) => ink?.refused(wish),
    visitor: (at) => overlay?.visitor(at),
    visible(part) {
      seen = part;
      overlay?.visible(part);
    },
  };
}
