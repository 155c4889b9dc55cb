/** Judges agents' wishes by the gate. What passes goes to the hands; until their bundle is there, wishes wait for it in order. */
import type { RefusalCode, Wish } from "#protocol/messages";
import type { Answered, Hands, StartControl, Wisher } from "../ports.ts";
import { startGate } from "./gate.ts";
import { pointIn } from "./place.ts";

/** Wishes that the guide fulfils; with the laser. */
export const GUIDING = /draw|travel|open/;

const KEYS = /press_key|type_text/;

/** What the hands do: not what the guide does, nor a pointer that is only shown. */
function isForHands(wish: Wish, wisher: Wisher): boolean {
  return wish.kind === "point" ? !wish.laser && wisher.hasControl : !GUIDING.test(wish.kind);
}

export const startControl: StartControl = (page, options) => {
  const { nodes, isOurs, told, fetchHands } = options;
  const gate = startGate(page, options);
  let hands: Hands | null = null;
  let fetching: Promise<void> | null = null;
  let isStopped = false;

  /** Once an epoch; after a failure again with the next wish. */
  function fetch(): Promise<void> {
    fetching ??= fetchHands().then((start) => {
      if (start && !isStopped) hands = start(page, { gate, nodes, isOurs });
      else fetching = null;
    });
    return fetching;
  }

  function judge(wish: Wish, wisher: Wisher): RefusalCode | null {
    if (wish.kind === "point" && wish.gone) return null;
    const node = "node" in wish ? nodes.nodeOf(wish.node) : null;
    return gate.ask(wish, (KEYS.test(wish.kind) && hands?.keysGoTo()) || node, wisher);
  }

  /** Where a wish points to, in the page's viewport. */
  function placeOf(wish: Wish): ReturnType<typeof pointIn> {
    if (wish.kind !== "click" && (wish.kind !== "point" || wish.gone)) return null;
    const node = nodes.nodeOf(wish.node);
    return node ? pointIn(page, node, wish) : null;
  }

  function carryOut(wish: Wish, wisher: Wisher): Parameters<Answered> {
    // What is left of the wish before may move the focus.
    if (wish.kind !== "point") hands?.finish();
    const refused = isStopped ? "not_live" : judge(wish, wisher);
    if (refused) return [refused, null];
    // Before the wish is carried out: what it does may move the node.
    const at = placeOf(wish);
    if (!isForHands(wish, wisher)) return [null, at];
    const node = "node" in wish ? nodes.nodeOf(wish.node) : undefined;
    // Of pointers only the newest counts: none waits.
    const missing = wish.kind === "point" ? null : "not_possible";
    return [hands ? hands.carryOut(wish, node) : missing, at];
  }

  const warn = (thrown: unknown) => console.warn("Upscope: a wish failed", thrown);
  void told.then(() => (isStopped ? undefined : fetch())).catch(warn);
  return {
    ask: gate.ask,
    carryOut(wish, wisher, answered) {
      const run = () => answered(...gate.doing(() => carryOut(wish, wisher())));
      const waits = !hands && wish.kind !== "point" && isForHands(wish, wisher());
      const refused = waits && judge(wish, wisher());
      if (refused) answered(refused, null);
      else if (waits) fetch().then(run).catch(warn);
      else run();
    },
    stop() {
      isStopped = true;
      hands?.stop();
      gate.stop();
    },
  };
};
