import { expect, it } from "vitest";
import { keyframesLeaving } from "./keyframes.ts";

const FRAME = { offset: null, composite: "auto", easing: "linear" } as const;
const FRAMES = [
  { ...FRAME, computedOffset: 0, transform: "none", content: '"SECRET"', backgroundImage: "url(/SECRET)" },
  { ...FRAME, computedOffset: 1 / 3, easing: "ease-in", composite: "add", marginLeft: "3px", "--x": "SECRET" },
] as unknown as ComputedKeyframe[];

it("M3 of a masked element's animation only geometry leaves", () => {
  const told = keyframesLeaving(FRAMES, false);
  expect(told).not.toContain("SECRET");
  expect(JSON.parse(told)).toEqual([
    { offset: 0, transform: "none" },
    { offset: 0.3333, easing: "ease-in", composite: "add", marginLeft: "3px" },
  ]);
});

it("F15 of an open element's animation every property is told", () => {
  expect(JSON.parse(keyframesLeaving(FRAMES, true))[0]).toEqual({
    offset: 0,
    transform: "none",
    content: '"SECRET"',
    backgroundImage: "url(/SECRET)",
  });
});
