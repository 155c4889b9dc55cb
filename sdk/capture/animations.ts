/**
 * Animations in step: those that scripts make are told whole; those that CSS makes run at the agent's by themselves, and are told
 * only where they stand, when they ran before the session or a script took hold of them (SPEC F15).
 */
import { Op } from "#protocol/facts";
import { keyframesLeaving } from "../mask/keyframes.ts";
import type { Context } from "./context.ts";
import { listen, native, type Stop, stopAll, together, type View } from "./natives.ts";
import { patch, patchAll } from "./patches.ts";

const METHODS = "play pause cancel finish reverse updatePlaybackRate currentTime startTime playbackRate effect";
const EFFECT_METHODS = "setKeyframes updateTiming target pseudoElement";
const ENDS = "finish cancel remove";
/** One whose element is not told is tried again with so many batches, then given up. */
const MOST_TRIES = 50;
const States: Record<AnimationPlayState, number> = { idle: 0, running: 1, paused: 2, finished: 3 };

type Named = Animation & { animationName?: string; transitionProperty?: string };

interface Told {
  readonly number: number;
  readonly id: number;
  /** What was told of the effect, and of its state. */
  effect: string;
  state: string;
  readonly stop: Stop;
}

export function startAnimations(context: Context): Stop {
  const { numbers, facts, tree, mask } = context;
  const told = new Map<Animation, Told>();
  const ofEffect = new WeakMap<AnimationEffect, Animation>();
  /** With how often they were tried in vain. */
  const dirty = new Map<Animation, number>();
  let count = 0;

  function changed(animation: unknown): void {
    dirty.set(animation as Animation, 0);
    context.soon();
  }
  function begin(animation: Animation, id: number): Told {
    const stop = listenTo(animation);
    const fresh = { number: ++count, id, effect: "", state: "", stop };
    told.set(animation, fresh);
    if (animation.effect) ofEffect.set(animation.effect, animation);
    return fresh;
  }
  function listenTo(animation: Animation): Stop {
    return listen(animation, ENDS, () => changed(animation));
  }
  function forget(animation: Animation): void {
    told.get(animation)?.stop();
    told.delete(animation);
  }

  // ---- telling ------------------------------------------------------------------------------------

  /** Returns whether it is done with. */
  function tell(animation: Named): boolean {
    const effect = animation.effect as KeyframeEffect | null;
    const target = effect?.target;
    const id = target ? numbers.idOf(target) : undefined;
    if (!effect || !target || !runsByTime(animation)) return true;
    if (id === undefined) return !target.isConnected;
    let known = told.get(animation);
    if (known && known.id !== id) {
      forget(animation);
      known = undefined;
    }
    if (!known && animation.playState === "idle") return true;
    known ??= begin(animation, id);
    tellEffect(animation, effect, target, known);
    tellState(animation, known);
    return true;
  }
  function tellEffect(animation: Named, effect: KeyframeEffect, target: Element, known: Told): void {
    const { slots } = facts;
    const pseudo = mask.own(effect.pseudoElement ?? "");
    const name = animation.animationName ?? animation.transitionProperty;
    if (name !== undefined) {
      if (known.effect || tree.levels.has(target)) return;
      known.effect = name;
      slots.push(Op.CssAnimation, known.number, known.id);
      facts.str(pseudo);
      slots.push(animation.transitionProperty === undefined ? 0 : 1);
      facts.str(mask.own(name));
      return;
    }
    const keyframes = mask.css(keyframesLeaving(effect.getKeyframes(), !tree.levels.has(target)));
    const { delay, endDelay, iterationStart, iterations, duration, fill, direction, easing } = effect.getTiming();
    const length = typeof duration === "number" ? duration : 0;
    const times = [delay, endDelay, iterationStart, iterations === Infinity ? -1 : iterations, length].map(finite);
    const now = `${pseudo} ${times} ${fill} ${direction} ${easing} ${keyframes}`;
    if (now === known.effect) return;
    known.effect = now;
    known.state = "";
    slots.push(Op.Animation, known.number, known.id);
    facts.str(pseudo);
    slots.push(keyframes, ...times);
    for (const word of [fill, direction, easing]) facts.str(mask.own(word ?? ""));
  }
  function tellState(animation: Animation, known: Told): void {
    const state = States[animation.playState];
    const time_ms = finite(animation.currentTime);
    const rate = finite(animation.playbackRate);
    // While it runs the time says nothing new, unless it jumped; whoever made it jump is heard.
    const now = `${state} ${time_ms} ${rate}`;
    if (now === known.state) return;
    known.state = now;
    facts.slots.push(Op.AnimationState, known.number, state, time_ms, rate);
    const fill = animation.effect?.getTiming().fill;
    const isOver = state === States.finished && fill !== "forwards" && fill !== "both";
    if (state === States.idle || isOver || animation.replaceState === "removed") forget(animation);
  }

  // ---- listening ----------------------------------------------------------------------------------

  function listenIn(view: View): Stop {
    return together(
      patch(view.Element.prototype, "animate", (_self, _args, animation) => changed(animation)),
      patchAll(view.Animation?.prototype, METHODS, changed),
      patchAll(view.KeyframeEffect?.prototype, EFFECT_METHODS, (effect) => {
        const animation = ofEffect.get(effect as AnimationEffect);
        if (animation) changed(animation);
      }),
    );
  }
  context.realms.onRealm(listenIn);
  context.onRoot((root) => {
    for (const animation of root.getAnimations?.() ?? []) {
      // A transition is over before it matters where it stood.
      if ((animation as Named).transitionProperty === undefined) changed(animation);
    }
    return () => undefined;
  });
  context.onBatch(() => {
    for (const [animation, tries] of dirty) {
      if (tell(animation) || tries > MOST_TRIES) dirty.delete(animation);
      else dirty.set(animation, tries + 1);
    }
    if (dirty.size) native(context.page, "setTimeout").call(context.page, () => dirty.size && context.soon(), 200);
    for (const [animation, { id }] of told) if (!numbers.nodeOf(id)) forget(animation);
  });
  return () => stopAll([...told.values()].map(({ stop }) => stop));
}

/** By the document's clock, not by scrolling; and not a part of a view transition, whose end the tree tells. */
function runsByTime(animation: Animation): boolean {
  const { timeline } = animation;
  const pseudo = (animation.effect as KeyframeEffect | null)?.pseudoElement;
  return (timeline === null || !("source" in timeline)) && !pseudo?.startsWith("::view-transition");
}

/** Times may be null, or of a kind that is no number. */
function finite(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.round(value * 1000) / 1000 : 0;
}
