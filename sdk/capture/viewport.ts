/** The size of the visitor's viewport, and how the device answers media queries. */
import { USUAL_ANSWERS } from "#protocol/device";
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop, stopAll } from "./natives.ts";

/** Media features that all browsers know, and their values; what the device answers holds on the agent's side. */
const COMMON = [
  "prefers-color-scheme light dark",
  "prefers-reduced-motion no-preference reduce",
  "prefers-contrast no-preference more less custom",
  "forced-colors none active",
  "hover none hover",
  "any-hover none hover",
  "pointer none coarse fine",
  "any-pointer none coarse fine",
  "color-gamut srgb p3 rec2020",
  "dynamic-range standard high",
  "update none slow fast",
  "display-mode browser minimal-ui standalone fullscreen",
].map((line) => line.split(" "));
const OTHERS = [
  "prefers-reduced-transparency no-preference reduce",
  "inverted-colors none inverted",
  "scripting none initial-only enabled",
].map((line) => line.split(" "));
/** Holds where each common feature has its usual answer and no other one: each question costs, and mostly one is enough. */
const USUALLY = COMMON.flatMap(([feature = "", ...values]) =>
  values.map((value) => {
    const query = `(${feature}: ${value})`;
    return USUAL_ANSWERS[feature] === value ? query : `(not ${query})`;
  }),
).join(" and ");

export function startViewport(context: Context): Stop {
  const { page, facts, mask } = context;
  const stops: Stop[] = [];
  const told = new Map(Object.entries(USUAL_ANSWERS));
  let toldSize = "";
  let isDirty = true;
  let stopResolution: Stop = () => undefined;

  const changed = () => {
    isDirty = true;
    context.soon();
  };
  const asked = new Map<string, MediaQueryList[]>();

  function ask(query: string): MediaQueryList {
    const list = page.matchMedia(query);
    stops.push(listen(list, "change", changed));
    return list;
  }
  const usually = ask(USUALLY);

  function answer([feature = "", ...values]: string[]): [string, string] {
    const lists = asked.get(feature) ?? values.map((value) => ask(`(${feature}: ${value})`));
    asked.set(feature, lists);
    return [feature, values.filter((_, i) => lists[i]?.matches).join(" ")];
  }
  /** A window that moves to another screen keeps its size. */
  function watchResolution(): void {
    stopResolution();
    stopResolution = listen(page.matchMedia(`(resolution: ${page.devicePixelRatio}dppx)`), "change", changed);
  }
  function usual([feature = ""]: string[]): [string, string] {
    return [feature, USUAL_ANSWERS[feature] ?? ""];
  }
  function answers(): [string, string][] {
    const { devicePixelRatio, screen } = page;
    const isUsual = usually.matches;
    return [
      ...COMMON.map((line) => (isUsual ? usual(line) : answer(line))),
      ...OTHERS.map(answer),
      ["resolution", String(devicePixelRatio)],
      ["device-width", String(screen.width)],
      ["device-height", String(screen.height)],
    ];
  }
  function tellSize(): void {
    const is = (feature: string, value: string) => (told.get(feature) === value ? 1 : 0);
    const now = [
      page.innerWidth,
      page.innerHeight,
      page.devicePixelRatio,
      is("prefers-color-scheme", "dark"),
      is("prefers-reduced-motion", "reduce"),
      is("hover", "hover"),
    ];
    if (String(now) === toldSize) return;
    toldSize = String(now);
    facts.slots.push(Op.Viewport, ...now);
  }

  stops.push(listen(page, "resize", changed), () => stopResolution());
  context.onBatch(() => {
    if (!isDirty) return;
    // A document without an element has no layout viewport yet.
    isDirty = !page.document.documentElement;
    watchResolution();
    const news = answers().filter(([feature, values]) => told.get(feature) !== values);
    for (const [feature, values] of news) told.set(feature, values);
    tellSize();
    if (news.length === 0) return;
    facts.slots.push(Op.Device, news.length);
    for (const pair of news) for (const word of pair) facts.str(mask.own(word));
  });
  return () => stopAll(stops);
}
