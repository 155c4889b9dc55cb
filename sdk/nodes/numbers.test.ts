import { describe, expect, it } from "vitest";
import { Numbers } from "./numbers.ts";

/** Numbers never look at a node, they only know it again. */
const node = () => ({}) as Node;

describe("numbers", () => {
  it("F6 ascend from 0 and are never used twice", () => {
    const numbers = new Numbers(() => false);
    const [a, b, c] = [node(), node(), node()];
    expect([numbers.add(a), numbers.add(b)]).toEqual([0, 1]);
    numbers.release(b);
    expect(numbers.add(c)).toBe(2);
    expect(numbers.idOf(b)).toBeUndefined();
    expect(numbers.nodeOf(1)).toBeUndefined();
    expect(numbers.nodeOf(2)).toBe(c);
  });

  it("F6 a node told again gets a new number", () => {
    const numbers = new Numbers(() => false);
    const a = node();
    numbers.add(a);
    numbers.release(a);
    expect(numbers.add(a)).toBe(1);
    expect(numbers.idOf(a)).toBe(1);
  });
});
