import { describe, expect, it } from "vitest";
import { hashesOf, piecesOf, TILE_PX } from "./tiles.ts";

const [WIDTH, HEIGHT] = [3 * TILE_PX + 10, 2 * TILE_PX + 5];

/** A picture of 4 by 3 tiles with some pixels set. */
function picture(...set: [x: number, y: number, pixel: number][]): Uint32Array {
  const pixels = new Uint32Array(WIDTH * HEIGHT);
  for (const [x, y, pixel] of set) pixels[y * WIDTH + x] = pixel;
  return pixels;
}

function pieces(...tiles: number[]): number[][] {
  const changed = new Uint8Array(12);
  for (const tile of tiles) changed[tile] = 1;
  return piecesOf(changed, WIDTH, HEIGHT).map(({ x, y, width, height }) => [x, y, width, height]);
}

describe("tiles of a picture (F14)", () => {
  it("F14 a tile's hash tells its pixels and their places, and 0 that there is nothing", () => {
    const blank = hashesOf(picture(), WIDTH, HEIGHT);
    expect([...blank]).toEqual(Array(12).fill(0));
    const one = hashesOf(picture([70, 1, 0xff0000ff]), WIDTH, HEIGHT);
    expect([...one].map(Boolean)).toEqual([false, true, ...Array(10).fill(false)]);
    const other = hashesOf(picture([71, 1, 0xff0000ff]), WIDTH, HEIGHT);
    expect(other[1]).not.toBe(one[1]);
    expect(hashesOf(picture([70, 1, 0xff0000ff]), WIDTH, HEIGHT)).toEqual(one);
  });

  it("F14 pieces are the changed tiles, joined where they lie together, and end with the picture", () => {
    expect(pieces()).toEqual([]);
    expect(pieces(0)).toEqual([[0, 0, 64, 64]]);
    expect(pieces(3, 7, 11)).toEqual([[192, 0, 10, 133]]);
    expect(pieces(0, 3)).toEqual([
      [0, 0, 64, 64],
      [192, 0, 10, 64],
    ]);
  });

  it("F14 pieces that cover most of a picture are told as one", () => {
    expect(pieces(0, 1, 2, 4, 5, 7, 8, 9, 10, 11)).toEqual([[0, 0, WIDTH, HEIGHT]]);
  });
});
