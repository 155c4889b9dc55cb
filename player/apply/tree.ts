/** The tree: what is inserted, moved, removed; texts. Roots begin in roots.ts. */
import { BadFacts, type FactReader, Op } from "#protocol/facts";
import { isDocument, isElement, isFrame, isText, outerNode } from "../nodes/numbers.ts";
import type { Build } from "./build.ts";
import { type Kinds, type Mirror, readCount, readIds } from "./mirror.ts";
import type { SheetEdits } from "./sheet_edits.ts";
import type { StyleTexts } from "./styles.ts";

type Parent = Node & ParentNode & { moveBefore?(node: Node, before: Node | null): void };

export function startTree(
  { nodes, batchEnd, rootBegins }: Mirror,
  build: Build,
  styles: StyleTexts,
  edits: SheetEdits,
): Kinds {
  /** Told as taken out; really taken out only where that is in the way, since it would reload frames. */
  const detached = new Set<Node>();
  /** No query of what is around them finds these. */
  const framesInShadow = new Set<Element>();

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

  function* add(facts: FactReader, parent: Parent, before: ChildNode | null): Iterable<void> {
    const ids = { next: facts.num() };
    const document = parent.ownerDocument ?? (parent as Node as Document);
    for (let count = readCount(facts); count > 0; count--) {
      parent.insertBefore(build(facts, document, parent, ids), before);
      styles.childrenChanged(parent);
      yield;
    }
  }

  function hasFrame(node: Node): boolean {
    if (isFrame(node) || (isElement(node) && node.querySelector("iframe,frame") !== null)) return true;
    for (const frame of framesInShadow) {
      if (!frame.isConnected) framesInShadow.delete(frame);
      else if (isWithin(frame, node)) return true;
    }
    return false;
  }

  /** Whether a node is in another, or in a shadow tree or frame in it. */
  function isWithin(inner: Node, node: Node): boolean {
    if (node.contains(inner)) return true;
    if (inner.getRootNode() === node.getRootNode()) return false;
    let at: Node | null = inner;
    while (at && at !== node) at = outerNode(at);
    return at === node;
  }

  /** Some moves in and out of shadow trees end Chromium's renderer. */
  function mayMoveBefore(node: Node, parent: Parent): boolean {
    const root = parent.getRootNode();
    return parent.moveBefore !== undefined && isDocument(root) && node.getRootNode() === root;
  }

  function takeOut(node: Node): void {
    edits.keep(node);
    (node as ChildNode).remove();
  }

  function move(node: Node, parent: Parent, before: Node | null): void {
    if (mayMoveBefore(node, parent)) {
      try {
        parent.moveBefore?.(node, before);
        return;
      } catch {
        // Not between these two places; insertion says what is wrong, if anything is.
      }
    }
    if (hasFrame(node)) throw new BadFacts("a frame was moved");
    parent.insertBefore(node, before);
  }

  /** Move without losing frames, playing media and scroll offsets, where the browser can, and never edits of sheets. */
  function place(node: ChildNode, parent: Parent, before: Node | null): void {
    for (let inner: Node | null = parent; inner && node.contains(parent); inner = inner.parentNode) {
      if (detached.has(inner) && inner !== node) takeOut(inner);
    }
    if (node === before || (node.parentNode === parent && node.nextSibling === before)) return;
    styles.willMove(node, parent);
    edits.keep(node);
    move(node, parent, before);
    edits.restore(node);
  }

  function remove(id: number): void {
    const node = nodes.node(id);
    const parent = node.parentNode as Parent | null;
    detached.delete(node);
    // What moves out of it is not removed with it.
    for (const inner of detached) {
      if (!parent || !isWithin(inner, node)) continue;
      // A document has no room for it.
      if (isDocument(parent)) takeOut(inner);
      else place(inner as ChildNode, parent, node);
    }
    nodes.forget(node);
    (node as ChildNode).remove?.();
    if (parent) styles.childrenChanged(parent);
  }

  rootBegins.push((root) => {
    const frame = isDocument(root) ? root.defaultView?.frameElement : null;
    if (frame && !isDocument(frame.getRootNode())) framesInShadow.add(frame);
  });
  batchEnd.push(() => {
    for (const node of detached) (node as ChildNode).remove();
    detached.clear();
  });

  return {
    [Op.Insert]: (facts) => {
      const parent = parentOf(facts.num());
      return add(facts, parent, after(parent, facts.num()));
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
    [Op.Texts]: (facts) => {
      let id = 0;
      for (let count = readCount(facts); count > 0; count--) {
        id += facts.num();
        const [node, data] = [nodes.node(id), facts.text()];
        if (isText(node)) styles.setText(node, data);
      }
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
