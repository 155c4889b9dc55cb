/** The tree: what is inserted, moved, removed; texts. Roots begin in roots.ts. */
import { BadFacts, type FactReader, Op } from "#protocol/facts";
import { isElement, isFrame, isText } from "../nodes/numbers.ts";
import type { Build } from "./build.ts";
import { type Kinds, type Mirror, readCount, readIds } from "./mirror.ts";
import type { StyleTexts } from "./styles.ts";

type Parent = Node & ParentNode & { moveBefore?(node: Node, before: Node | null): void };

export function startTree({ nodes, batchEnd }: Mirror, build: Build, styles: StyleTexts): Kinds {
  /** Told as taken out; really taken out only where that is in the way, since it would reload frames. */
  const detached = new Set<Node>();

  function parentOf(id: number): Parent {
    const parent = nodes.node(id);
    if (!("append" in parent)) throw new BadFacts(`node ${id} has no children`);
    return parent as Parent;
  }

  function after(parent: Node, previous: number): ChildNode | null {
    if (previous === 0) return parent.firstChild;
    const node = nodes.node(previous);
    if (node.parentNode !== parent) throw new BadFacts(`node ${previous} is elsewhere`);
    return node.nextSibling;
  }

  function add(facts: FactReader, parent: Parent, before: ChildNode | null): void {
    const ids = { next: facts.num() };
    const document = parent.ownerDocument ?? (parent as Node as Document);
    for (let count = readCount(facts); count > 0; count--) {
      parent.insertBefore(build(facts, document, parent, ids), before);
    }
    styles.childrenChanged(parent);
  }

  function hasFrame(node: Node): boolean {
    return isFrame(node) || (isElement(node) && node.querySelector("iframe,frame") !== null);
  }

  /** Move without losing frames, playing media and animations, where the browser can. */
  function place(node: ChildNode, parent: Parent, before: Node | null): void {
    for (let inner: Node | null = parent; inner && node.contains(parent); inner = inner.parentNode) {
      if (detached.has(inner) && inner !== node) (inner as ChildNode).remove();
    }
    if (node === before || (node.parentNode === parent && node.nextSibling === before)) return;
    styles.willMove(node, parent);
    if (parent.moveBefore && node.isConnected && parent.isConnected && node.ownerDocument === parent.ownerDocument) {
      try {
        parent.moveBefore(node, before);
        return;
      } catch {
        // Not between these two places; insertion says what is wrong, if anything is.
      }
    }
    if (hasFrame(node)) throw new BadFacts("a frame was moved");
    parent.insertBefore(node, before);
  }

  function remove(id: number): void {
    const node = nodes.node(id);
    const parent = node.parentNode as Parent | null;
    detached.delete(node);
    // What moves out of it is not removed with it.
    for (const inner of detached) if (parent && node.contains(inner)) place(inner as ChildNode, parent, node);
    nodes.forget(node);
    (node as ChildNode).remove?.();
    if (parent) styles.childrenChanged(parent);
  }

  batchEnd.push(() => {
    for (const node of detached) (node as ChildNode).remove();
    detached.clear();
  });

  return {
    [Op.Insert]: (facts) => {
      const parent = parentOf(facts.num());
      add(facts, parent, after(parent, facts.num()));
    },
    [Op.Expand]: (facts) => add(facts, parentOf(facts.num()), null),
    [Op.Move]: (facts) => {
      const parent = parentOf(facts.num());
      let before: Node | null = after(parent, facts.num());
      for (const id of readIds(facts)) {
        const node = nodes.node(id) as ChildNode;
        place(node, parent, before);
        detached.delete(node);
        before = node.nextSibling;
      }
      styles.childrenChanged(parent);
    },
    [Op.Remove]: (facts) => readIds(facts).forEach(remove),
    [Op.Detach]: (facts) => {
      for (const id of readIds(facts)) detached.add(nodes.node(id));
    },
    [Op.Text]: (facts) => {
      const [node, data] = [nodes.node(facts.num()), facts.text()];
      if (isText(node)) styles.setText(node, data);
    },
    [Op.Splice]: (facts) => {
      const node = nodes.node(facts.num());
      const [start, deleted, inserted] = [facts.num(), facts.num(), facts.text()];
      if (!isText(node)) return;
      const data = styles.textOf(node);
      if (start < 0 || start > data.length) throw new BadFacts("a splice outside of its text");
      styles.setText(node, data.slice(0, start) + inserted + data.slice(start + deleted));
    },
  };
}
