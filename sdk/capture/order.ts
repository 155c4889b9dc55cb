/** Which children stayed in order: the least that must move (SPEC F9). Pure. */

/**
 * Mark a longest increasing subsequence of `places`; entries below 0 take no part.
 * Returns one byte an entry: 1 stays, 0 moves. O(n log n), and O(n) when all are in order.
 */
export function staysInOrder(places: Int32Array): Uint8Array {
  const count = places.length;
  const stays = new Uint8Array(count);
  if (isAscending(places)) {
    for (let i = 0; i < count; i++) stays[i] = (places[i] as number) >= 0 ? 1 : 0;
    return stays;
  }
  const tails: number[] = [];
  const before = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const place = places[i] as number;
    if (place < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[tails[middle] as number] as number) < place) low = middle + 1;
      else high = middle;
    }
    before[i] = low ? (tails[low - 1] as number) : -1;
    tails[low] = i;
  }
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] as number) stays[i] = 1;
  return stays;
}

function isAscending(places: Int32Array): boolean {
  let last = -1;
  for (const place of places) {
    if (place < 0) continue;
    if (place < last) return false;
    last = place;
  }
  return true;
}

export interface Splice {
  start: number;
  deleted: number;
  inserted: string;
}

/** What the places of a splice are worth, in characters. */
const SPLICE_LENGTH = 8;

/** Return what changed between two texts; null when telling the new text whole is as short. */
export function spliceBetween(old: string, now: string): Splice | null {
  if (now.length <= SPLICE_LENGTH) return null;
  const limit = Math.min(old.length, now.length);
  let start = 0;
  while (start < limit && old.charCodeAt(start) === now.charCodeAt(start)) start++;
  let end = 0;
  while (end < limit - start && old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)) end++;
  // A surrogate pair is not cut in two: half of one cannot be written as UTF-8.
  if (start > 0 && isLowSurrogate(now, start)) start--;
  else if (start > 0 && isLowSurrogate(old, start)) start--;
  if (end > 0 && (isLowSurrogate(now, now.length - end) || isLowSurrogate(old, old.length - end))) end--;
  const inserted = now.slice(start, now.length - end);
  return inserted.length + SPLICE_LENGTH < now.length ? { start, deleted: old.length - start - end, inserted } : null;
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
