/**
 * The realms of the page, and what listens in on their functions. Each same-origin frame brings one, and nodes and sheets keep
 * theirs wherever they go, also when the frame has gone or shows another document. So a realm is listened in on from when a
 * document of it is told until capture stops. That of a frame which was never told cannot be had, only what came out of it.
 */
import { type Stop, stopAll, type View } from "./natives.ts";

export interface Realms {
  /** `begin` is called once for the realm of each told document. */
  onRealm(begin: (view: View) => Stop): void;
  /** `begin` is called with the first told element of a realm of which no document was told. */
  onStranger(begin: (element: Element) => Stop): void;
  /** A document of this window is told. */
  enter(view: View): void;
  /** An element is told that is not of the page's own realm. */
  meet(element: Element): void;
  /** Whether what is done through an object's own functions is heard. */
  hears(object: object): boolean;
  stop: Stop;
}

interface Realm {
  readonly root: WeakRef<object>;
  readonly view: WeakRef<View>;
}

/** Where an object's prototypes end tells its realm: each has an `Object.prototype` of its own. */
function rootOf(object: object): object {
  let root = object;
  for (let next = Object.getPrototypeOf(root); next; next = Object.getPrototypeOf(root)) root = next;
  return root;
}

export function createRealms(): Realms {
  const begins: ((view: View) => Stop)[] = [];
  const strangerBegins: ((element: Element) => Stop)[] = [];
  const realms: Realm[] = [];
  /** Held weakly by their roots: frames that came and went are not kept by what was patched in them. */
  const entered = new WeakMap<object, Stop[]>();
  const strange = new WeakMap<object, Stop[]>();
  const strangeRoots: WeakRef<object>[] = [];

  return {
    onRealm(begin) {
      begins.push(begin);
      for (const realm of realms) {
        const [root, view] = [realm.root.deref(), realm.view.deref()];
        // A frame's window stands for whatever document it shows now.
        if (root && view && view.Object?.prototype === root) entered.get(root)?.push(begin(view));
      }
    },
    onStranger: (begin) => void strangerBegins.push(begin),
    enter(view) {
      const root = view.Object.prototype;
      if (entered.has(root)) return;
      realms.push({ root: new WeakRef(root), view: new WeakRef(view) });
      const stops: Stop[] = [];
      entered.set(root, stops);
      for (const begin of begins) stops.push(begin(view));
    },
    meet(element) {
      const root = rootOf(element);
      if (entered.has(root) || strange.has(root)) return;
      strangeRoots.push(new WeakRef(root));
      strange.set(
        root,
        strangerBegins.map((begin) => begin(element)),
      );
    },
    hears: (object) => entered.has(rootOf(object)),
    stop() {
      for (const { root } of realms) stopAll(entered.get(root.deref() ?? realms) ?? []);
      for (const root of strangeRoots) stopAll(strange.get(root.deref() ?? realms) ?? []);
      realms.length = strangeRoots.length = 0;
    },
  };
}
