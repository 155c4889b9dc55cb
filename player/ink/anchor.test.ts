import { describe, expect, it } from "vitest";
import { boundsOf, choose } from "./anchor.ts";

const box = (left: number, top: number, width: number, height: number, hits = 1) => ({
  box: { left, top, width, height },
  hits,
});
const page = box(0, 0, 1000, 3000, 10);
const card = box(100, 100, 300, 200, 6);
const button = box(120, 240, 80, 30, 2);
const icon = box(125, 245, 16, 16, 1);

describe("what a drawing belongs to", () => {
  it("D1 is what was circled, and of that the whole", () => {
    const drawn = { left: 110, top: 230, width: 100, height: 50 };
    expect(choose(drawn, [page, card, icon, button])).toBe(button);
  });

  it("D1 is what was drawn on when nothing was circled", () => {
    const drawn = { left: 150, top: 120, width: 60, height: 60 };
    expect(choose(drawn, [{ ...page, hits: 0 }, card])).toBe(card);
  });

  it("D1 is the smaller of two that were drawn on alike", () => {
    const drawn = { left: 500, top: 500, width: 10, height: 10 };
    expect(
      choose(drawn, [
        { ...page, hits: 3 },
        { ...card, hits: 3 },
      ]),
    ).toMatchObject({ box: card.box });
  });

  it("is nothing where there is nothing", () => {
    expect(choose({ left: 0, top: 0, width: 1, height: 1 }, [])).toBeNull();
  });

  it("the bounds hold all points", () => {
    const points = [
      { x: 5, y: 9 },
      { x: -1, y: 2 },
    ];
    expect(boundsOf(points)).toEqual({ left: -1, top: 2, width: 6, height: 7 });
  });
});
