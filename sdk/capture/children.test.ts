import { describe, expect, it } from "vitest";
import { Numbers } from "../nodes/numbers.ts";
import { Children } from "./children.ts";

function family(count: number) {
  const numbers = new Numbers(() => false);
  const children = new Children(numbers);
  const [parent, ...nodes] = Array.from({ length: count + 1 }, () => ({}) as Node) as [Node, ...Node[]];
  for (const node of [parent, ...nodes]) numbers.add(node);
  return { numbers, children, parent, nodes };
}

describe("children", () => {
  it("F7 are none until their parent is expanded, and then in the order that was told", () => {
    const { children, parent, nodes } = family(3);
    expect(children.has(parent)).toBe(false);
    expect(children.of(parent)).toBeNull();
    children.expand(0);
    expect(children.of(parent)).toEqual([]);
    children.append(0, 0, 2);
    children.append(0, 2, 3);
    expect(children.has(parent)).toBe(true);
    expect(children.of(parent)).toEqual([nodes[1], nodes[2]]);
  });

  it("F8 are set anew in another order, without those that were forgotten", () => {
    const { numbers, children, parent, nodes } = family(4);
    children.set(parent, nodes);
    numbers.release(nodes[1] as Node);
    expect(children.of(parent)).toEqual([nodes[0], nodes[2], nodes[3]]);
    numbers.add(nodes[1] as Node);
    expect(children.of(parent)).toEqual([nodes[0], nodes[2], nodes[3]]);
    children.set(parent, [...nodes].reverse());
    expect(children.of(parent)).toEqual([...nodes].reverse());
    children.set(parent, []);
    expect(children.of(parent)).toEqual([]);
  });
});
