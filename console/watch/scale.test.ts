import { describe, expect, it } from "vitest";
import { nextZoom, scaleOf } from "./scale.ts";

describe("scale", () => {
  it("A1 fits the whole page into the window", () => {
    expect(scaleOf("fit", { width: 640, height: 800 }, { width: 1280, height: 720 })).toBe(0.5);
    expect(scaleOf("fit", { width: 1280, height: 360 }, { width: 1280, height: 720 })).toBe(0.5);
  });

  it("A1 draws a small page larger, but no more than twice", () => {
    expect(scaleOf("fit", { width: 1500, height: 1500 }, { width: 1000, height: 1000 })).toBe(1.5);
    expect(scaleOf("fit", { width: 4000, height: 4000 }, { width: 400, height: 400 })).toBe(2);
  });

  it("keeps a chosen size whatever the window", () => {
    expect(scaleOf(1, { width: 10, height: 10 }, { width: 1280, height: 720 })).toBe(1);
  });

  it("is 1 while a size is not known", () => {
    expect(scaleOf("fit", { width: 0, height: 0 }, { width: 1280, height: 720 })).toBe(1);
  });

  it("steps to the next size from any scale, and stays at the ends", () => {
    expect(nextZoom(0.9, 1)).toBe(1);
    expect(nextZoom(0.9, -1)).toBe(0.8);
    expect(nextZoom(1, 1)).toBe(1.25);
    expect(nextZoom(3, 1)).toBe(3);
    expect(nextZoom(0.25, -1)).toBe(0.25);
  });
});
