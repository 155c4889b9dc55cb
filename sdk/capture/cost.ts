/** Says how much of the page's main thread capture takes, when that is over its budget and batches are held apart (SPEC F26). */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { native, type Stop } from "./natives.ts";
import { BUDGET } from "./pace.ts";

const APART_MS = 1000;

export function startCost(context: Context): Stop {
  const { page, facts } = context;
  const [setTimer, clear] = [native(page, "setTimeout"), native(page, "clearTimeout")];
  let told = "0,0";
  // Starting is dear once; it says nothing yet of how it goes on.
  let isTooSoon = true;
  let timer: unknown = setTimer.call(page, again, APART_MS);

  function now(): [percent: number, interval_ms: number] {
    const { cost, interval_ms } = context;
    return cost > BUDGET ? [Math.round(cost * 100), Math.round(interval_ms)] : [0, 0];
  }
  function again(): void {
    isTooSoon = false;
    // It falls while nothing happens, too.
    if (String(now()) !== told) context.soon();
  }
  context.onLeave(() => {
    const costs = now();
    if (isTooSoon || String(costs) === told) return;
    told = String(costs);
    facts.slots.push(Op.Cost, ...costs);
    isTooSoon = true;
    timer = setTimer.call(page, again, APART_MS);
  });
  return () => clear.call(page, timer as never);
}
