import { beforeEach, describe, expect, it } from "vitest";
import type { Draw } from "#protocol/messages";
import { type Mark, Marks } from "./marks.ts";

const ZOE = { id: "zoe", color: "#0e7c86" };
const MIKA = { id: "mika", color: "#c2410c" };
const place = {} as Element;
const line = (mark: number, points: number[], more = false): Draw => ({
  kind: "draw",
  mark,
  node: 7,
  shape: "line",
  points,
  more,
});

let changes: [string, Mark | null][];
let timers: { ms: number; run: () => void; stopped: boolean }[];

function marks(ttlMs: number): Marks {
  return new Marks({
    ttlMs,
    after: (ms, run) => {
      const timer = { ms, run, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
    onChange: (key, mark) => changes.push([key, mark]),
  });
}

beforeEach(() => {
  changes = [];
  timers = [];
});

describe("drawings in the page", () => {
  it("D3 one grows by its points and is told what came", () => {
    const all = marks(0);
    expect(all.draw(ZOE, place, line(1, [0, 0]))).toBeNull();
    expect(all.draw(ZOE, place, line(1, [1, 1, 2, 2], true))).toBeNull();
    expect(changes.at(-1)?.[1]).toMatchObject({ points: [0, 0, 1, 1, 2, 2], added: 4, color: "#0e7c86" });
  });

  it("D3 one under the same number takes the earlier one's place, and only the agent's own", () => {
    const all = marks(0);
    all.draw(ZOE, place, line(1, [0, 0]));
    all.draw(MIKA, place, line(1, [5, 5]));
    all.draw(ZOE, place, line(1, [1, 1]));
    expect([...all.all.values()].map(({ mark }) => [mark.agent, mark.points])).toEqual([
      ["zoe", [1, 1]],
      ["mika", [5, 5]],
    ]);
  });

  it("D3 one vanishes so long after its last change", () => {
    const all = marks(6000);
    all.draw(ZOE, place, line(1, [0, 0]));
    all.draw(ZOE, place, line(1, [1, 1], true));
    expect(timers.map(({ ms, stopped }) => [ms, stopped])).toEqual([
      [6000, true],
      [6000, false],
    ]);
    timers[1]?.run();
    expect(changes.at(-1)).toEqual(["zoe 1", null]);
    expect(all.all.size).toBe(0);
  });

  it("D3 with a time of 0 none vanishes by itself", () => {
    marks(0).draw(ZOE, place, line(1, [0, 0]));
    expect(timers).toEqual([]);
  });

  it("D4 what has no beginning, changes its node or grows without end is refused", () => {
    const all = marks(0);
    expect(all.draw(ZOE, place, line(1, [0, 0], true))).toBe("not_possible");
    all.draw(ZOE, place, line(1, [0, 0]));
    expect(all.draw(ZOE, {} as Element, line(1, [0, 0], true))).toBe("not_possible");
    let code: unknown = null;
    for (let sent = 0; sent < 20 && !code; sent++) code = all.draw(ZOE, place, line(1, Array(800).fill(0.5), true));
    expect(code).toBe("not_possible");
  });

  it("D4 of too many the agent's oldest goes first", () => {
    const all = marks(0);
    all.draw(MIKA, place, line(1, [0, 0]));
    for (let number = 0; number <= 100; number++) all.draw(ZOE, place, line(number, [0, 0]));
    expect(all.all.size).toBe(101);
    expect(changes.at(-1)).toEqual(["zoe 0", null]);
    expect(all.all.has("mika 1")).toBe(true);
  });
});
