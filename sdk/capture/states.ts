/** States of elements that no attribute and no property of the mirror leads to: `:target`, `:user-invalid`, `:state(…)` and so on. */
import { Op } from "#protocol/facts";
import type { Context, Root } from "./context.ts";
import { listen, type Stop, stopAll, type View } from "./natives.ts";
import { patchAll } from "./patches.ts";

const NAMES = ["target", "fullscreen", "user-valid", "user-invalid", "autofill"];
const OF_FIELDS = "input,select,textarea";
/** Names of custom states are in the sheets that style them; of larger sheets not all rules are read. */
const STATE = /:state\(\s*([-\w\u0080-\uffff]+)\s*\)/g;
const MAX_RULES = 2000;

interface Told {
  id: number;
  names: Set<string>;
}

export function startStates(context: Context): Stop {
  const { page, numbers, facts, tree, mask } = context;
  const names = NAMES.filter((name) => page.CSS.supports(`selector(:${name})`));
  const customNames = new Set<string>();
  const told = new Map<Element, Told>();
  const roots = new Set<Root>();
  let dirty = new Set<Element>();
  let lookForCustom = false;

  function changed(element: unknown): void {
    if ((element as Node | null)?.nodeType !== 1) return;
    dirty.add(element as Element);
    context.soon();
  }
  function find(root: Root, selector: string): void {
    for (const element of root.querySelectorAll(selector)) changed(element);
  }
  function findTarget(document: Document): void {
    const target = document.querySelector(":target");
    if (target) dirty.add(target);
    context.soon();
  }
  function customSelectors(): string[] {
    return [...customNames].map((name) => `state(${name})`);
  }
  function tell(element: Element): void {
    const id = numbers.idOf(element);
    if (id === undefined) {
      told.delete(element);
      // The walk has not come so far.
      if (!context.isWholeTold && element.isConnected) dirty.add(element);
      return;
    }
    if (tree.levels.has(element)) return;
    const known = told.get(element);
    const before = known?.id === id ? known.names : new Set<string>();
    const now = new Set([...names, ...customSelectors()].filter((name) => element.matches(`:${name}`)));
    for (const name of new Set([...before, ...now])) {
      if (before.has(name) === now.has(name)) continue;
      facts.slots.push(Op.State, id);
      facts.str(mask.css(name));
      facts.slots.push(now.has(name) ? 1 : 0);
    }
    if (now.size > 0) told.set(element, { id, names: now });
    else told.delete(element);
  }
  function collectNames(text: string): void {
    for (const [, name] of text.matchAll(STATE)) if (name) customNames.add(name);
  }
  function readSheets(root: Root): void {
    for (const sheet of [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])]) {
      try {
        const rules = sheet.cssRules;
        for (let i = 0; i < rules.length && i < MAX_RULES; i++) {
          collectNames((rules[i] as CSSStyleRule).selectorText ?? rules[i]?.cssText ?? "");
        }
      } catch {
        // Of another site: what it styles is not known.
      }
    }
    lookForCustom ||= customNames.size > 0;
  }
  function watchCustom(view: View): Stop {
    return patchAll(view.CustomStateSet?.prototype, "add delete clear", (_, args) => {
      if (args[0] !== undefined) collectNames(`:state(${args[0]})`);
      lookForCustom = true;
      context.soon();
    });
  }

  context.realms.onRealm(watchCustom);
  context.onRoot((root, view) => {
    // What is in a template has no state.
    if (!root.isConnected) return () => undefined;
    roots.add(root);
    find(root, `:is(${OF_FIELDS}):is(:user-valid,:user-invalid,:autofill)`);
    readSheets(root);
    const heard = (event: Event) => changed(event.composedPath()[0]);
    const ofForm = ({ target }: Event) => {
      for (const field of (target as HTMLFormElement).elements) changed(field);
    };
    const stops = [
      () => roots.delete(root),
      listen(root, "input change focusout invalid fullscreenchange", heard),
      listen(root, "submit reset", ofForm),
    ];
    if (root.fullscreenElement) dirty.add(root.fullscreenElement);
    if (root.nodeType === 9) {
      findTarget(root as Document);
      stops.push(listen(view, "hashchange popstate", () => findTarget(root as Document)));
    }
    return () => stopAll(stops);
  });
  context.onBatch(() => {
    if (lookForCustom) {
      lookForCustom = false;
      for (const selector of customSelectors()) for (const root of roots) find(root, `:${selector}`);
    }
    const elements = new Set([...dirty, ...told.keys()]);
    dirty = new Set();
    for (const element of elements) tell(element);
  });
  return () => undefined;
}
