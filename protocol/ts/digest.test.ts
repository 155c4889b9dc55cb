import { describe, expect, it } from "vitest";
import { isCompared, TreeDigest, type TreeSide } from "./digest.ts";

/** As much of a node as a digest looks at. */
interface Leaf {
  id: number;
  nodeType: number;
  data?: string;
  attributes?: [string, string][];
  children?: Leaf[];
}

function nodeOf(leaf: Leaf, next: Node | null = null): Node {
  const pairs = leaf.attributes ?? [];
  let first: Node | null = null;
  for (const child of [...(leaf.children ?? [])].reverse()) first = nodeOf(child, first);
  return {
    ...leaf,
    firstChild: first,
    nextSibling: next,
    hasAttributes: () => pairs.length > 0,
    getAttributeNames: () => pairs.map(([name]) => name),
    getAttribute: (name: string) => pairs.find(([one]) => one === name)?.[1] ?? null,
  } as unknown as Node;
}

const SIDE: TreeSide = {
  idOf: (node) => (node as unknown as Leaf).id,
  attribute: (_element, _name, value) => value,
  text: (text) => text.data,
  isExpanded: () => true,
  rootIn: () => null,
};

function digestOf(...leaves: Leaf[]): number {
  const digest = new TreeDigest(SIDE);
  for (const leaf of leaves) digest.add(leaf.id, nodeOf(leaf));
  return digest.value;
}

const text = (data: string): Leaf => ({ id: 2, nodeType: 3, data });
const element = (attributes: [string, string][], ...children: Leaf[]): Leaf => ({
  id: 1,
  nodeType: 1,
  attributes,
  children,
});

describe("digest of a tree", () => {
  it("F20 differs when a text, a mark, a child or their order differs", () => {
    const b: Leaf = { id: 3, nodeType: 1 };
    const digests = [
      digestOf(element([["class", "a"]], text("x"), b)),
      digestOf(element([["class", "a"]], b, text("x"))),
      digestOf(element([["class", "a"]], text("x"))),
      digestOf(element([["class", "b"]], text("x"), b)),
      digestOf(element([], text("x"), b)),
      digestOf(element([["id", "a"]], text("x"), b)),
      digestOf(text("x")),
      digestOf(text("y")),
      digestOf(text("x".repeat(20_000))),
      digestOf(text(`${"x".repeat(19_999)}y`)),
      digestOf(text("x".repeat(20_001))),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it("F20 does not depend on the order of attributes, nor on those that the stage has otherwise", () => {
    const told = element([
      ["id", "i"],
      ["data-x", "1"],
    ]);
    const shown = element([
      ["data-x", "1"],
      ["style", "color: red"],
      ["href", "#-"],
      ["data-twinpane-hover", ""],
      ["id", "i"],
    ]);
    expect(digestOf(told)).toBe(digestOf(shown));
    expect(["onclick", "value", "src", "DATA-X", "data-é"].filter(isCompared)).toEqual([]);
  });

  it("F20 counts a node that the other side does not have", () => {
    expect(digestOf(element([], text("x")), text("x"))).not.toBe(digestOf(element([], text("x"))));
  });
});
