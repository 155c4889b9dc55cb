import { describe, expect, it } from "vitest";
import { inPixels } from "#ink/shapes";
import { inParts, simplified } from "./stroke.ts";

describe("a line drawn by hand", () => {
  it("D1 goes to parts of a box and back", () => {
    const box = { left: 20, top: 40, width: 300, height: 80 };
    const points = [
      { x: 20, y: 40 },
      { x: 170, y: 200 },
      { x: -130, y: 120 },
    ];
    const back = inPixels(inParts(points, box), box);
    back.forEach((point, i) => {
      expect(point.x).toBeCloseTo(points[i]?.x as number, 1);
      expect(point.y).toBeCloseTo(points[i]?.y as number, 1);
    });
  });

  it("keeps its ends and corners and drops what lies between", () => {
    const along = Array.from({ length: 50 }, (_, i) => ({ x: i, y: 0 }));
    const down = Array.from({ length: 50 }, (_, i) => ({ x: 49, y: i + 1 }));
    expect(simplified([...along, ...down])).toEqual([
      { x: 0, y: 0 },
      { x: 49, y: 0 },
      { x: 49, y: 50 },
    ]);
  });

  it("fits a message however wild it is", () => {
    const wild = Array.from({ length: 4000 }, (_, i) => ({ x: (i * 7919) % 997, y: (i * 104729) % 991 }));
    const sent = simplified(wild);
    expect(sent.length).toBeLessThanOrEqual(400);
    expect(JSON.stringify(inParts(sent, { left: 0, top: 0, width: 6, height: 6 })).length).toBeLessThan(12_000);
  });
});
