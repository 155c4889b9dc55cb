/** What lies over the picture: the visitor's pointer, and the agents' drawings as the page showed them. A bundle of its own. */
import type { Ink, MarkTold, Overlay, Player } from "#player/ports";
import type { PictureParts } from "./picture.tsx";

export interface Over extends Pick<Overlay, "visitor" | "visible"> {
  /** There is a picture to lie over. */
  begin(player: Player): void;
  /** As `PlayerOptions.onMarks` tells. */
  told: Ink["told"];
  /** The stage shows what was asked for: so does this. */
  settle(): void;
  /** The stage begins anew. */
  forget(): void;
}

/** `jumps` tells whether the stage is on its way to another time; pointers of the times between are not shown. */
export function startOver(parts: PictureParts, jumps: () => boolean): Over {
  let overlay: Overlay | null = null;
  let ink: Ink | null = null;
  let marks: ReadonlyMap<string, MarkTold> = new Map();
  let part: Parameters<Overlay["visible"]>[0] = null;
  let pointer: Parameters<Overlay["visitor"]>[0] = null;

  async function fetchOver(player: Player): Promise<void> {
    const bundle = await import("#player/over");
    overlay = bundle.startOverlay(parts.pointers, player);
    overlay.visible(part);
    overlay.visitor(pointer);
    ink = bundle.startInk(parts.pointers, parts.surface, {
      player,
      tool: () => "look",
      me: () => null,
      onWish: () => -1,
    });
    ink.told(marks);
  }

  return {
    begin(player) {
      fetchOver(player).catch((reason) => console.warn("Twinpane: pointers and drawings cannot be shown", reason));
    },
    told(now, key) {
      marks = now;
      ink?.told(now, key);
    },
    visitor(at) {
      pointer = at;
      if (!jumps()) overlay?.visitor(at);
    },
    visible(now) {
      part = now;
      overlay?.visible(now);
    },
    settle: () => overlay?.visitor(pointer),
    forget() {
      pointer = null;
      part = null;
      overlay?.visible(null);
    },
  };
}
