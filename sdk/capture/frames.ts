/** Documents of same-origin frames. Others stay closed to us, as they are to the page. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop } from "./natives.ts";

type Frame = HTMLIFrameElement;

export function startFrames(context: Context): Stop {
  const { numbers, tree, facts, mask } = context;
  const stops = new Map<Frame, Stop>();
  const dirty = new Set<Frame>();

  function documentOf(frame: Frame): Document | null {
    try {
      const document = frame.contentDocument;
      return document?.documentElement ? document : null;
    } catch {
      return null;
    }
  }
  function tell(frame: Frame): void {
    const id = numbers.idOf(frame);
    if (id === undefined || tree.levels.has(frame)) return;
    const document = documentOf(frame);
    if (document && tree.rootOf.get(frame) !== document) context.tellRoot(frame, document);
    else if (!document && frame.src && !tree.foreign.has(frame))
      facts.slots.push(Op.Unfaithful, id, mask.own("frame_of_another_site"));
  }
  context.onTold(["iframe", "frame"], (element) => {
    const frame = element as Frame;
    if (!stops.has(frame)) {
      stops.set(
        frame,
        listen(frame, "load", () => {
          dirty.add(frame);
          context.soon();
        }),
      );
      dirty.add(frame);
    }
    if (!tree.rootOf.has(frame)) dirty.add(frame);
  });
  context.onBatch(() => {
    const frames = [...dirty];
    dirty.clear();
    for (const frame of frames) tell(frame);
    for (const [frame, stop] of stops) {
      if (numbers.has(frame)) continue;
      stop();
      stops.delete(frame);
    }
  });
  return () => {
    for (const stop of stops.values()) stop();
  };
}
