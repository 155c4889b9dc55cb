/** Joins the kinds that come after the first picture; without them the rest goes on, and the agent is told. */
import { Op } from "#protocol/facts";
import type { Capture, Kinds } from "../ports.ts";
import type { Engine } from "./engine.ts";

export function startLate(engine: Engine): Omit<Kinds, "foreign"> & Pick<Capture, "foreign"> {
  let stopped = false;
  let started: Kinds | null = null;
  const kinds = engine.options.fetchKinds().then((start) => {
    if (stopped) return null;
    if (start) {
      started = start(engine, engine.outgoing);
      return started;
    }
    engine.facts.slots.push(Op.Unfaithful, 0, engine.mask.own("rare_kinds_missing"));
    engine.soon();
    return null;
  });
  kinds.catch((error) => console.warn("Upscope: kinds of capture failed to start", error));
  return {
    get foreign() {
      return started?.foreign ?? null;
    },
    supplyAsset: async (url) => (await kinds)?.supplyAsset(url) ?? false,
    verify: () => void kinds.then((started) => started?.verify()).catch(() => undefined),
    stop() {
      stopped = true;
      void kinds.then((started) => started?.stop()).catch(() => undefined);
    },
  };
}
