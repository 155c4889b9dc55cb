/** What of an animation's keyframes may leave the page (SPEC M3). Pure. */
import { geometryOf } from "./attributes.ts";

/** Of every keyframe its place; the easing and how it composes where they are not the usual. */
export function keyframesLeaving(frames: readonly ComputedKeyframe[], isOpen: boolean): string {
  return JSON.stringify(frames.map((frame) => leaving(frame, isOpen)));
}

function leaving(frame: ComputedKeyframe, isOpen: boolean): Record<string, string | number> {
  const { offset, computedOffset, easing, composite, ...properties } = frame;
  const told: Record<string, string | number> = { offset: Math.round(computedOffset * 10_000) / 10_000 };
  if (easing !== "linear") told["easing"] = easing;
  if (composite !== "auto") told["composite"] = composite;
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== "string") continue;
    if (isOpen || geometryOf(`${kebab(name)}: ${value}`) !== "") told[name] = value;
  }
  return told;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
