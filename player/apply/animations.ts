/** Animations that scripts made or took hold of, by the browser's own animations: the stage needs no script for them. */
import { BadFacts, Op } from "#protocol/facts";
import { rewriteCss } from "../stage/css.ts";
import type { Address } from "../stage/urls.ts";
import type { Kinds, Mirror } from "./mirror.ts";

/** Nearer than this the agent's is left alone: a jump is worse than a small lag. */
const TOLERANCE_MS = 120;
const State = { cancelled: 0, running: 1, paused: 2, finished: 3 } as const;
/** More are dropped, the oldest first; no page shows so many at once. */
const MOST = 5000;
const FILLS = ["none", "forwards", "backwards", "both", "auto"];
const DIRECTIONS = ["normal", "reverse", "alternate", "alternate-reverse"];

type Named = Animation & { animationName?: string; transitionProperty?: string };

/** Keyframes as the stage may have them. Throws BadFacts for what are none. */
export function readKeyframes(json: string, address: Address): Keyframe[] {
  const frames: unknown = JSON.parse(json);
  if (!Array.isArray(frames)) throw new BadFacts("keyframes are a list");
  return frames.map((frame: Record<string, unknown>) => {
    const entries = Object.entries(frame).filter(([, value]) => typeof value === "string" || typeof value === "number");
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === "string" ? rewriteCss(value, address) : value]),
    ) as Keyframe;
  });
}

function oneOf<T extends string>(words: readonly string[], word: string): T {
  return (words.includes(word) ? word : words[0]) as T;
}

export function startAnimations(mirror: Mirror): Kinds {
  const { nodes } = mirror;
  const running = new Map<number, Animation>();

  function keep(number: number, animation: Animation | undefined): void {
    running.get(number)?.cancel();
    running.delete(number);
    if (!animation) return;
    running.set(number, animation);
    if (running.size > MOST) running.delete(running.keys().next().value as number);
  }
  /** What this browser refuses is not animated. */
  function animate(element: Element, json: string, timing: KeyframeAnimationOptions): Animation | undefined {
    const keyframes = readKeyframes(json, mirror.addressOf(element.ownerDocument));
    try {
      return element.animate(keyframes, timing);
    } catch {
      return undefined;
    }
  }
  function found(element: Element, pseudo: string, isTransition: boolean, name: string): Animation | undefined {
    return element.getAnimations({ subtree: pseudo !== "" }).find((animation: Named) => {
      const { pseudoElement, target } = animation.effect as KeyframeEffect;
      if (target !== element || (pseudoElement ?? "") !== pseudo) return false;
      return (isTransition ? animation.transitionProperty : animation.animationName) === name;
    });
  }
  function bring(animation: Animation, state: number, time_ms: number, rate: number): void {
    if (rate !== 0 && animation.playbackRate !== rate) animation.playbackRate = rate;
    const away_ms = Math.abs(Number(animation.currentTime ?? Number.NaN) - time_ms);
    const isNear = away_ms <= TOLERANCE_MS && animation.playState === "running";
    if (state === State.running && isNear) return;
    if (state === State.running) animation.play();
    else animation.pause();
    animation.currentTime = time_ms;
    if (state === State.finished) animation.play();
    if (state === State.finished) animation.currentTime = time_ms;
  }

  return {
    [Op.Animation]: (facts) => {
      const [number, element, pseudo, json] = [facts.num(), nodes.element(facts.num()), facts.str(), facts.text()];
      const [delay, endDelay, iterationStart, iterations, duration] = Array.from({ length: 5 }, () => facts.num());
      const [fill, direction, easing] = [facts.str(), facts.str(), facts.str()];
      const timing = { delay, endDelay, iterationStart, duration, easing, pseudoElement: pseudo || null };
      keep(
        number,
        animate(element, json, {
          ...(timing as KeyframeAnimationOptions),
          iterations: iterations === -1 ? Number.POSITIVE_INFINITY : (iterations as number),
          fill: oneOf<FillMode>(FILLS, fill),
          direction: oneOf<PlaybackDirection>(DIRECTIONS, direction),
        }),
      );
    },
    [Op.CssAnimation]: (facts) => {
      const [number, element, pseudo] = [facts.num(), nodes.element(facts.num()), facts.str()];
      const [isTransition, name] = [facts.num() === 1, facts.str()];
      const animation = found(element, pseudo, isTransition, name);
      if (animation) running.set(number, animation);
    },
    [Op.AnimationState]: (facts) => {
      const [number, state, time_ms, rate] = [facts.num(), facts.num(), facts.num(), facts.num()];
      const animation = running.get(number);
      if (!animation) return;
      if (state === State.cancelled) {
        keep(number, undefined);
        return;
      }
      try {
        bring(animation, state, time_ms, rate);
      } catch {
        // It has no end, or its effect is gone here.
      }
    },
  };
}
