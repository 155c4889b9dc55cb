/**
 * Shadow roots of elements that are told already. Scripts attach them by a call, by which closed ones are known; the page's HTML
 * may name one late, and that tells nobody. And slots that come to show something within what is masked (SPEC M3).
 */
import type { Context } from "./context.ts";
import { listen, native, type Stop, together } from "./natives.ts";
import { patch } from "./patches.ts";

const NAME = "attachShadow";
/** What the parser does while the network pauses shows after this. */
const LOOK_AGAIN_MS = 500;

export function startShadow(context: Context): Stop {
  const { page, numbers, tree, realms } = context;
  const hosts = new Set<Element>();
  const documents = new Set<Document>();
  /** Roots that were found once. */
  const found = new WeakSet<ShadowRoot>();
  let isParsing = false;
  let timer: unknown = null;
  tree.closedRoots = context.options.closedRoots ?? null;

  function listenIn(prototype: object | undefined): Stop {
    return patch(prototype, NAME, (host, _, shadow) => {
      if ((shadow as ShadowRoot).mode === "closed") {
        tree.closedRoots ??= new WeakMap();
        tree.closedRoots.set(host as Element, shadow as ShadowRoot);
      }
      context.watchRoot(shadow as ShadowRoot);
      if (!numbers.has(host as Element)) return;
      attached(host as Element);
      context.soon();
    });
  }
  /** Its children were told before they came to show in what may be a masked part: looked at before anything of them is told. */
  function attached(host: Element): void {
    hosts.add(host);
    context.dirty.hosts.add(host);
  }
  /** While the parser is at work, and once more when it is through. */
  function lookForParsed(): void {
    const wasParsing = isParsing;
    isParsing = [...documents].some(({ readyState }) => readyState === "loading");
    if (!isParsing && !wasParsing) return;
    for (let id = 0; id < numbers.next; id++) {
      const host = numbers.nodeOf(id) as Element | undefined;
      const root = host?.shadowRoot;
      if (!root || numbers.has(root) || found.has(root)) continue;
      found.add(root);
      attached(host);
    }
    if (isParsing) timer ??= native(page, "setTimeout").call(page, lookAgain, LOOK_AGAIN_MS);
  }
  function lookAgain(): void {
    timer = null;
    context.soon();
  }
  context.onLook(lookForParsed);
  realms.onRealm((view) => listenIn(view.Element.prototype));
  realms.onStranger((element) => {
    let prototype: object | null = element;
    while (prototype && !Object.hasOwn(prototype, NAME)) prototype = Object.getPrototypeOf(prototype);
    return listenIn(prototype ?? undefined);
  });
  context.onRoot((root) => {
    if (root.nodeType === 9) {
      const document = root as Document;
      documents.add(document);
      isParsing ||= document.readyState === "loading";
      return together(
        () => documents.delete(document),
        listen(document, "readystatechange", () => context.soon()),
      );
    }
    return listen(root, "slotchange", ({ target }) => {
      if (!context.mask.hidesSlot(target as Element)) return;
      context.dirty.hosts.add((root as ShadowRoot).host);
      context.soon();
    });
  });
  context.onBatch(() => {
    for (const host of hosts) {
      const root = tree.shadowOf(host);
      if (numbers.has(host) && !tree.levels.has(host) && root && !numbers.has(root)) {
        context.tellRoot(host, root);
      }
    }
    hosts.clear();
  });
  return () => native(page, "clearTimeout").call(page, timer as never);
}
