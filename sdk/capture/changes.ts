/**
 * Tells what changed in the tree: per dirty parent the children that the agent has are compared with those that the page has.
 * Mutation records are never replayed, so no order of records can lead astray (SPEC F7, F8, F9).
 */
import { type FactWriter, Op } from "#protocol/facts";
import { Level } from "../mask/decision.ts";
import { type Mask, parentAcross, type SafeText } from "../mask/mask.ts";
import type { Numbers } from "../nodes/numbers.ts";
import type { Dirty } from "./dirty.ts";
import { spliceBetween, staysInOrder } from "./order.ts";
import { isStyle, sizeOf, type Tree } from "./tree.ts";

/** Below this, a style attribute is shorter told whole. */
const SHORT_STYLE = 120;

export interface Changes {
  /** Tell all that is dirty; needs the observer's records collected. */
  tell(): void;
  /** Tell a node anew as it is now: its mask changed. */
  retell(node: Node): void;
  /** Tell the size of a masked block again. */
  tellSize(element: Element): void;
}

/** What there is to write, and into what. */
export interface Ledger {
  numbers: Numbers;
  mask: Mask;
  facts: FactWriter<SafeText>;
  tree: Tree;
  dirty: Dirty;
}

export function tellChanges({ numbers, mask, facts, tree, dirty }: Ledger): Changes {
  /** Ids that go for good at the start of this batch. */
  const gone: number[] = [];
  let scratch: HTMLElement | null = null;
  /** Facts of one kind about many nodes that follow one another: the ids as steps, since those repeat. */
  const run = {
    isOpen: false,
    name: null as string | null,
    at: 0,
    count: 0,
    id: 0,
    begin(op: Op, name: string | null): void {
      run.end();
      facts.slots.push(op);
      if (name !== null) facts.str(mask.attributeName(name));
      Object.assign(run, { isOpen: true, name, at: facts.slots.push(0) - 1, count: 0, id: 0 });
    },
    step(id: number): void {
      facts.slots.push(id - run.id);
      run.id = id;
      run.count++;
    },
    end(): void {
      if (run.isOpen) facts.slots[run.at] = run.count;
      run.isOpen = false;
      run.name = null;
    },
  };

  function leave(node: Node): void {
    const id = numbers.idOf(node);
    if (id === undefined) return;
    gone.push(id);
    tree.forget(node);
  }

  function retell(node: Node): void {
    const parent = node.parentNode;
    leave(node);
    if (!parent || !tree.children.has(parent)) return;
    dirty.parents.add(parent);
    if (node.nodeName === "OPTION") dirty.onInside(parent);
  }

  /** Elements whose own attributes, or whose place, changed what may be told of them. */
  function retellMasked(): void {
    for (const [element, names] of dirty.attributes) if (mayBeMaskedBy(element, names)) recheck(element);
    if (mask.maskAll) {
      for (const text of dirty.texts.keys()) if (text.parentElement) recheck(text.parentElement);
      for (const parent of [...dirty.parents]) if (parent.nodeType === 1) recheck(parent as Element);
    }
    for (const host of dirty.hosts) recheckSlotted(host);
    if (!mask.placed || !dirty.any) return;
    for (const node of [...tree.levels.keys()]) recheck(node as Element);
    for (const root of [...tree.roots()]) for (const element of root.querySelectorAll(mask.placed)) recheck(element);
  }

  function mayBeMaskedBy(element: Element, names: string | Set<string>): boolean {
    if (mask.suspectsAll || tree.levels.has(element)) return true;
    if (typeof names === "string") return mask.mayDecide(names, element);
    for (const name of names) if (mask.mayDecide(name, element)) return true;
    return false;
  }

  function recheck(element: Element): void {
    if (!numbers.has(element) || tree.levelOf(element) === Level.Hidden || !element.isConnected) return;
    const parent = element.parentNode;
    // In a parent that is not told yet it will be an open one's child, or leave with it.
    const open = parent && numbers.has(parent) ? tree.opens(parent) : true;
    const level = mask.level(element, open);
    if (level === tree.levelOf(element)) {
      if (level !== Level.Open) tree.noteSlot(element);
      return;
    }
    retell(element);
    // What shows in its slots is masked with it.
    const { host } = element.getRootNode() as Partial<ShadowRoot>;
    if (host) recheckSlotted(host);
  }

  function recheckSlotted(host: Node): void {
    // What stands in here may be the slot of a component around it.
    const { host: outer } = host.getRootNode() as Partial<ShadowRoot>;
    if (outer) recheckSlotted(outer);
    if (!tree.children.has(host)) return;
    for (const child of [...host.childNodes]) {
      if (child.nodeType === 1) recheck(child as Element);
      else if (numbers.has(child) && isSlottedAway(child, host) !== tree.slottedAway.has(child)) retell(child);
    }
  }

  function isSlottedAway(text: Node, host: Node): boolean {
    return text.nodeType === 3 && tree.opens(host) && tree.isSlottedAway(text);
  }

  /** Take out what moved; forget what left. Detach comes first, so that nothing is removed with what it was in. */
  function takeOut(): void {
    const detached: number[] = [];
    for (const parent of dirty.bereft) {
      const known = tree.children.of(parent);
      if (!known) continue;
      const kept: Node[] = [];
      for (const child of known) {
        if (child.parentNode === parent && !dirty.away.has(child)) kept.push(child);
        else if (dirty.moved.has(child) && child.isConnected && numbers.has(child)) {
          detached.push(numbers.idOf(child) as number);
          tree.detached.add(child);
        } else leave(child);
      }
      tree.children.set(parent, kept);
    }
    for (const node of dirty.away) leave(node);
    ids(Op.Detach, detached);
    ids(Op.Remove, gone);
    gone.length = 0;
  }

  tree.onUnseenMove = leave;

  function ids(op: Op, list: readonly number[]): void {
    if (list.length) facts.slots.push(op, list.length, ...list);
  }

  /** Bring one parent's children to what the page has. */
  function arrange(parent: Node): void {
    const id = numbers.idOf(parent);
    const known = tree.children.of(parent);
    if (id === undefined || !known) return;
    // What was open where it came from may be withheld here: it is told anew.
    if (mask.maskAll && tree.detached.size) {
      for (let child = parent.firstChild; child; child = child.nextSibling) if (tree.detached.has(child)) leave(child);
    }
    const now = childrenToTell(parent);
    // Most changes are few, and most often at the end: what is the same at both ends is left alone.
    const isSame = (child: Node | undefined, other: Node | undefined) => child === other && numbers.has(child as Node);
    const shorter = Math.min(known.length, now.length);
    let first = 0;
    while (first < shorter && isSame(now[first], known[first])) first++;
    let same = 0;
    while (same < shorter - first && isSame(now.at(-1 - same), known.at(-1 - same))) same++;
    const end = now.length - same;
    const stays = staysInOrder(placesOf(now.slice(first, end), known.slice(first, known.length - same)));
    const lastKnown = now.findLastIndex((child) => numbers.has(child));
    const open = tree.opens(parent);
    let previous = first > 0 ? (numbers.idOf(now[first - 1] as Node) as number) : 0;
    for (let i = first; i < now.length && i < end; ) {
      const child = now[i] as Node;
      if (stays[i - first]) {
        previous = numbers.idOf(child) as number;
        i++;
        continue;
      }
      const isMove = numbers.has(child);
      facts.slots.push(isMove ? Op.Move : Op.Insert, id, previous);
      if (!isMove) facts.slots.push(numbers.next);
      const at = facts.slots.push(0) - 1;
      let count = 0;
      for (; i < now.length && i < end && !stays[i - first] && numbers.has(now[i] as Node) === isMove; i++, count++) {
        const next = now[i] as Node;
        if (i > lastKnown && tree.isOver() && !isStyle(parent)) {
          now.length = i;
          tree.wait(parent);
          break;
        }
        if (isMove) {
          facts.slots.push(numbers.idOf(next) as number);
          tree.detached.delete(next);
        } else {
          tree.write(next, open);
        }
        previous = numbers.idOf(next) as number;
      }
      facts.slots[at] = count;
    }
    tree.children.set(parent, now);
  }

  /** Where each child was among those that the agent has; -1: nowhere. What came from where we do not look is told anew. */
  function placesOf(now: readonly Node[], known: readonly Node[]): Int32Array {
    const placeOf = new Map(known.map((child, place) => [child, place]));
    return Int32Array.from(now, (child) => {
      const place = numbers.has(child) ? placeOf.get(child) : -1;
      if (place === undefined && !tree.detached.has(child)) leave(child);
      return place ?? -1;
    });
  }

  /** The page's children; of a partly told parent only those up to the last told, the rest waits for the walk. */
  function childrenToTell(parent: Node): Node[] {
    const now: Node[] = [];
    let end = 0;
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      now.push(child);
      if (numbers.has(child)) end = now.length;
    }
    if (tree.partial.has(parent)) {
      if (end === now.length) tree.partial.delete(parent);
      else now.length = end;
    }
    return now;
  }

  function isOut(node: Node): boolean {
    if (tree.detached.size === 0) return false;
    for (let at: Node | null = node; at; at = parentAcross(at)) if (tree.detached.has(at)) return true;
    return false;
  }

  function tellChildren(): void {
    let waiting = [...dirty.parents];
    let before = Number.POSITIVE_INFINITY;
    // Nothing is told into a node that is out: its new place may be masked. It counts when it has been put back.
    while (waiting.length && waiting.length < before) {
      before = waiting.length;
      waiting = waiting.filter((parent) => {
        if (isOut(parent)) return true;
        arrange(parent);
        return false;
      });
      // New elements that were put round old ones: the old ones move in (SPEC F9).
      for (const parent of tree.unfinished) arrange(parent);
      tree.unfinished.clear();
    }
    for (const node of [...tree.detached]) leave(node);
    ids(Op.Remove, gone);
    gone.length = 0;
  }

  function tellAttributes(before: number): void {
    for (const [element, names] of dirty.attributes) {
      const id = numbers.idOf(element);
      if (id === undefined || id >= before) continue;
      const level = tree.levelOf(element);
      if (level === Level.Hidden) continue;
      const tag = element.localName;
      if (tree.tags.isNoticed(tag)) tree.newcomers.push(element);
      if (typeof names === "string") tellAttribute(element, id, tag, level, names);
      else for (const name of names) tellAttribute(element, id, tag, level, name);
    }
    run.end();
  }

  function tellAttribute(element: Element, id: number, tag: string, level: Level, name: string): void {
    if (name === "style" && tellStyle(element, id, level)) return;
    const value = element.getAttribute(name);
    const leaving = value === null ? null : mask.attribute(element, tag, level, name, value);
    if (value !== null && leaving === null && level !== Level.Open) return;
    if (run.name !== name) run.begin(Op.Attributes, name);
    run.step(id);
    facts.refOrNull(leaving);
  }

  /** Tell long inline styles by property. A masked block has its size as inline style, so it is always told so. */
  function tellStyle(element: Element, id: number, level: Level): boolean {
    const now = (element as HTMLElement).style;
    const old = dirty.styles.get(element) ?? "";
    if (level === Level.Open && ((element.getAttribute("style")?.length ?? 0) < SHORT_STYLE || !old)) return false;
    if (level !== Level.Open && level !== Level.Box) return false;
    if (level === Level.Box) {
      tellSize(element);
      return true;
    }
    scratch ??= element.ownerDocument.createElement("i");
    scratch.style.cssText = old;
    const before = scratch.style;
    const properties = new Set([...Array.from(before), ...Array.from(now)]);
    run.end();
    const at = facts.slots.push(Op.Style, id, 0) - 1;
    let count = 0;
    for (const property of properties) {
      const value = now.getPropertyValue(property);
      const important = now.getPropertyPriority(property);
      if (value === before.getPropertyValue(property) && important === before.getPropertyPriority(property)) continue;
      facts.str(mask.css(property));
      facts.strOrNull(value === "" ? null : mask.css(value));
      facts.slots.push(important ? 1 : 0);
      count++;
    }
    facts.slots[at] = count;
    return true;
  }

  /** A masked block carries its size as inline style. */
  function tellSize(element: Element): void {
    const id = numbers.idOf(element);
    if (id === undefined || tree.levelOf(element) !== Level.Box) return;
    const { width, height } = sizeOf(element);
    run.end();
    facts.slots.push(Op.Style, id, 2);
    facts.str(mask.css("width"));
    facts.str(mask.css(`${width}px`));
    facts.slots.push(0);
    facts.str(mask.css("height"));
    facts.str(mask.css(`${height}px`));
    facts.slots.push(0);
  }

  function tellTexts(before: number): void {
    for (const [text, old] of dirty.texts) {
      const id = numbers.idOf(text);
      if (id === undefined || id >= before || !text.parentNode) continue;
      const open = tree.opens(text.parentNode) && !tree.isSlottedAway(text);
      const splice = open ? spliceBetween(old, text.data) : null;
      if (splice) {
        run.end();
        facts.slots.push(Op.Splice, id, splice.start, splice.deleted, mask.text(splice.inserted, open));
      } else {
        if (!run.isOpen) run.begin(Op.Texts, null);
        run.step(id);
        facts.slots.push(mask.text(text.data, open));
      }
    }
    run.end();
  }

  return {
    retell,
    tellSize,
    tell() {
      if (!dirty.any && !gone.length) return;
      retellMasked();
      const before = numbers.next;
      takeOut();
      tellChildren();
      tellAttributes(before);
      tellTexts(before);
      dirty.clear();
      numbers.tidy();
    },
  };
}
