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

  it("F6 what was released gives back its room, and what is held stays", () => {
    const numbers = new Numbers(() => false);
    const nodes = Array.from({ length: 600 }, node);
    for (const each of nodes) numbers.setNext(numbers.add(each), 7);
    for (const each of nodes.slice(0, 300)) numbers.release(each);
    expect(numbers.nextOf(0)).toBe(7);
    numbers.tidy();
    expect(numbers.nextOf(0)).toBe(0);
    expect([numbers.nextOf(299), numbers.nextOf(300)]).toEqual([7, 7]);
    expect([numbers.nodeOf(299), numbers.nodeOf(300)]).toEqual([undefined, nodes[300]]);
    expect(numbers.add(node())).toBe(600);
  });
});
