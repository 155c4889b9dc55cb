/** Which parts of a picture changed, by a hash a tile. Pure. */

/** Tiles are squares of so many pixels. */
export const TILE_PX = 64;
/** More pieces than this are told as the one rectangle around them. */
const MAX_PIECES = 12;
/** When the pieces cover so much of it, too. */
const MOST = 0.6;
const LANE = 2 ** 32;

/** In pixels of the picture. */
export interface Piece {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The hash of every tile, row by row; 0 for one that is wholly transparent. `pixels` are `width * height` of 4 bytes. */
export function hashesOf(pixels: Uint32Array, width: number, height: number): Float64Array {
  const columns = Math.ceil(width / TILE_PX);
  const hashes = new Float64Array(columns * Math.ceil(height / TILE_PX));
  for (let at = 0; at < hashes.length; at++) {
    const left = (at % columns) * TILE_PX;
    const top = Math.floor(at / columns) * TILE_PX;
    hashes[at] = hashOf(pixels, width, left, top, Math.min(left + TILE_PX, width), Math.min(top + TILE_PX, height));
  }
  return hashes;
}

/** 53 bits: two lanes that mix differently. */
function hashOf(pixels: Uint32Array, width: number, left: number, top: number, right: number, bottom: number): number {
  let any = 0;
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left, end = y * width + right; at < end; at++) {
      const pixel = pixels[at] as number;
      any |= pixel;
      a = Math.imul(a ^ pixel, 0x01000193);
      b = Math.imul((b << 5) ^ (b >>> 27) ^ pixel, 0x85ebca6b);
    }
  }
  return any === 0 ? 0 : 1 + (a >>> 0) + ((b >>> 0) & 0xfffff) * LANE;
}

/** Return the rectangles that hold every tile marked in `changed`, few and not overlapping. */
export function piecesOf(changed: Uint8Array, width: number, height: number): Piece[] {
  const columns = Math.ceil(width / TILE_PX);
  const rows = Math.ceil(height / TILE_PX);
  const runs = mergedRuns(changed, columns, rows);
  const covered = runs.reduce((sum, [left, top, right, bottom]) => sum + (right - left) * (bottom - top), 0);
  const all = around(runs);
  const area = (all[2] - all[0]) * (all[3] - all[1]);
  const rectangles = runs.length > 1 && (runs.length > MAX_PIECES || covered > area * MOST) ? [all] : runs;
  return rectangles.map(([left, top, right, bottom]) => {
    const [x, y] = [left * TILE_PX, top * TILE_PX];
    return { x, y, width: Math.min(right * TILE_PX, width) - x, height: Math.min(bottom * TILE_PX, height) - y };
  });
}

/** Left, top, right, bottom in tiles; right and bottom are the first outside. */
type Run = [left: number, top: number, right: number, bottom: number];

/** Neighbours in a row, and equal runs in rows below one another. */
function mergedRuns(changed: Uint8Array, columns: number, rows: number): Run[] {
  const done: Run[] = [];
  let open: Run[] = [];
  for (let row = 0; row < rows; row++) {
    const next: Run[] = [];
    for (let column = 0; column < columns; column++) {
      if (!changed[row * columns + column]) continue;
      const left = column;
      while (column < columns && changed[row * columns + column]) column++;
      const above = open.find((run) => run[0] === left && run[2] === column);
      if (above) above[3] = row + 1;
      next.push(above ?? [left, row, column, row + 1]);
    }
    done.push(...open.filter((run) => !next.includes(run)));
    open = next;
  }
  return [...done, ...open];
}

function around(runs: readonly Run[]): Run {
  return [
    Math.min(...runs.map((run) => run[0])),
    Math.min(...runs.map((run) => run[1])),
    Math.max(...runs.map((run) => run[2])),
    Math.max(...runs.map((run) => run[3])),
  ];
}
