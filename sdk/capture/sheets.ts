/** Style sheets as scripts change them: rules in and out, edits of a rule, constructed sheets, sheets switched off. */
import { Op } from "#protocol/facts";
import type { Context, Root } from "./context.ts";
import { native, type Stop, together, type View } from "./natives.ts";
import { patch, patchAll, patchGetter } from "./patches.ts";
import { isExplained, pathOf, rulesOf, textsOf } from "./rules.ts";

type Edit = () => void;
/** So many edits in a batch cost more than telling the sheet anew. */
const MAX_EDITS = 500;
const MAX_HANDED = 200;
/** Declarations that the page keeps in hand may change at any time. */
const LOOK_AGAIN_MS = 500;

export function startSheets(context: Context): Stop {
  const { numbers, facts, mask, tree, realms } = context;
  /** Constructed sheets have numbers of their own, from 1. */
  const constructed = new Map<CSSStyleSheet, number>();
  const edits = new Map<CSSStyleSheet, Edit[]>();
  /** To be told whole. */
  const whole = new Set<CSSStyleSheet>();
  const adopters = new Set<Root>();
  const adopted = new Map<Root, string>();
  const states = new Map<CSSStyleSheet, string>();
  /** Told elements, with the number and the sheet that they had. */
  const met = new Map<HTMLStyleElement | HTMLLinkElement, { id: number; sheet: CSSStyleSheet | null }>();
  /** Of these the agent has more than the element's text says. */
  const touched = new WeakSet<CSSStyleSheet>();
  /** Rules of which the page has the declarations, with the text that was told. */
  const handed = new Map<CSSRule, string>();
  /** Sheets that came out of a realm which is not heard, with the rules that were told; now and then looked at. */
  const unheard = new Map<CSSStyleSheet, string>();
  let isLookDue = false;
  const scratches = new WeakMap<View, CSSStyleSheet>();

  /** How facts name a sheet: the node of its element, or minus its number. 0: not told. */
  function refOf(sheet: CSSStyleSheet): number {
    const owner = sheet.ownerNode;
    if (owner) return tree.levels.has(owner) ? 0 : (numbers.idOf(owner) ?? 0);
    return -(constructed.get(sheet) ?? 0);
  }
  function edited(sheet: CSSStyleSheet | null, edit: Edit): void {
    if (!sheet || refOf(sheet) === 0 || whole.has(sheet)) return;
    const list = edits.get(sheet) ?? [];
    list.push(edit);
    edits.set(sheet, list);
    if (list.length > MAX_EDITS) rewritten(sheet);
    context.soon();
  }
  function rewritten(sheet: CSSStyleSheet): void {
    edits.delete(sheet);
    if (refOf(sheet) !== 0) whole.add(sheet);
    context.soon();
  }
  function tellRules(sheet: CSSStyleSheet): void {
    const ref = refOf(sheet);
    if (ref === 0) return;
    const texts = textsOf(sheet).map((text) => mask.css(text));
    touched.add(sheet);
    facts.slots.push(Op.Rules, ref, texts.length, ...texts);
  }

  // ---- edits, as they happen: indexes hold only now -----------------------------------------------

  function inserted(self: unknown, args: readonly unknown[], result: unknown): void {
    const index = result as number;
    const place = placeOf(self);
    const rules = rulesOf(self as CSSStyleSheet);
    if (!place || !rules?.[index]) return;
    const text = mask.css(rules[index].cssText || String(args[0]));
    edited(place.sheet, () =>
      facts.slots.push(Op.RuleInsert, refOf(place.sheet), place.path.length, ...place.path, index, text),
    );
  }
  function deleted(self: unknown, args: readonly unknown[]): void {
    const place = placeOf(self);
    const index = Number(args[0] ?? 0);
    if (!place) return;
    edited(place.sheet, () =>
      facts.slots.push(Op.RuleDelete, refOf(place.sheet), place.path.length, ...place.path, index),
    );
  }
  function placeOf(self: unknown): { sheet: CSSStyleSheet; path: number[] } | null {
    const isSheet = (self as CSSStyleSheet).ownerNode !== undefined;
    return isSheet ? { sheet: self as CSSStyleSheet, path: [] } : pathOf(self as CSSRule);
  }
  /** Its declarations are in the page's hands: there is no other way to hear of `rule.style.color = …`. */
  function handedOut(self: unknown): void {
    const rule = self as CSSRule;
    if (!handed.has(rule)) watchRule(rule, rule.cssText);
  }
  function watchRule(rule: CSSRule, told: string): void {
    if (handed.size >= MAX_HANDED) handed.delete(handed.keys().next().value as CSSRule);
    handed.set(rule, told);
    context.soon();
  }
  function tellHanded(): void {
    for (const [rule, before] of handed) {
      const now = rule.cssText;
      if (now === before) continue;
      handed.set(rule, now);
      const place = pathOf(rule);
      if (place && refOf(place.sheet) !== 0) {
        touched.add(place.sheet);
        facts.slots.push(Op.RuleReplace, refOf(place.sheet), place.path.length, ...place.path, mask.css(now));
      }
    }
  }
  function lookAtUnheard(): void {
    if (!isLookDue) return;
    isLookDue = false;
    for (const [sheet, before] of unheard) {
      const now = textsOf(sheet).join("\n");
      if (refOf(sheet) === 0) unheard.delete(sheet);
      else if (now !== before) {
        unheard.set(sheet, now);
        rewritten(sheet);
      }
    }
  }

  function listenIn(view: View): Stop {
    const sheet = view.CSSStyleSheet.prototype;
    return together(
      patchAll(sheet, "insertRule addRule", insertedLast),
      patchAll(sheet, "deleteRule removeRule", deleted),
      patchAll(sheet, "replaceSync", (self) => rewritten(self as CSSStyleSheet)),
      patch(sheet, "replace", (self, _, done) => {
        void (done as Promise<unknown>).then(() => rewritten(self as CSSStyleSheet)).catch(() => undefined);
      }),
      patchAll(view.CSSGroupingRule?.prototype, "insertRule", inserted),
      patchAll(view.CSSGroupingRule?.prototype, "deleteRule", deleted),
      // Nested rules; a browser in which style rules are grouping rules has these there already.
      patchAll(view.CSSStyleRule.prototype, "insertRule", inserted),
      patchAll(view.CSSStyleRule.prototype, "deleteRule", deleted),
      patchAll(view.CSSKeyframesRule?.prototype, "appendRule deleteRule", (self) => {
        const sheet = (self as CSSRule).parentStyleSheet;
        if (sheet) rewritten(sheet);
      }),
      patchGetter(view.CSSStyleRule.prototype, "style", handedOut),
      patchGetter(view.CSSStyleRule.prototype, "styleMap", handedOut),
      patchGetter(view.CSSMediaRule.prototype, "media", handedOut),
      patch(view.CSSStyleRule.prototype, "selectorText", (self) => watchRule(self as CSSRule, "")),
      patch(view.StyleSheet.prototype, "disabled", () => context.soon()),
      patchAll(view.MediaList.prototype, "mediaText appendMedium deleteMedium", () => context.soon()),
      patch(view.Document.prototype, "adoptedStyleSheets", (self) => adopts(self as Root)),
      patch(view.ShadowRoot.prototype, "adoptedStyleSheets", (self) => adopts(self as Root)),
    );
  }
  /** `addRule` returns -1; its rule is the last unless it named an index. */
  function insertedLast(self: unknown, args: readonly unknown[], result: unknown): void {
    const rules = rulesOf(self as CSSStyleSheet);
    const index = result === -1 ? Number(args[2] ?? (rules?.length ?? 1) - 1) : result;
    inserted(self, args, index);
  }
  function adopts(root: Root): void {
    adopters.add(root);
    context.soon();
  }

  // ---- telling ------------------------------------------------------------------------------------

  function meet(element: HTMLStyleElement | HTMLLinkElement, id: number): void {
    const { sheet } = element;
    if (met.get(element)?.id === id) return;
    met.set(element, { id, sheet });
    if (!sheet) return;
    hear(sheet);
    edits.delete(sheet);
    if (element.localName === "style" && !isSaid(element as HTMLStyleElement, sheet)) whole.add(sheet);
  }
  function hear(sheet: CSSStyleSheet): void {
    if (!realms.hears(sheet)) unheard.set(sheet, textsOf(sheet).join("\n"));
  }
  /** An element that was put elsewhere has a new sheet, made of its text; the agent's may have kept the old one. */
  function lookForNewSheets(): void {
    for (const [element, known] of met) {
      const { sheet } = element;
      if (!numbers.has(element)) met.delete(element);
      else if (sheet !== known.sheet) {
        if (sheet && known.sheet && touched.has(known.sheet)) {
          rewritten(sheet);
          states.set(sheet, "");
        }
        if (sheet) hear(sheet);
        known.sheet = sheet;
      }
    }
  }
  function isSaid(style: HTMLStyleElement, sheet: CSSStyleSheet): boolean {
    const view = (style.ownerDocument.defaultView as View | null) ?? context.page;
    let scratch = scratches.get(view);
    if (!scratch) {
      scratch = new view.CSSStyleSheet();
      scratches.set(view, scratch);
    }
    return isExplained(sheet, style.textContent ?? "", scratch);
  }
  function tellAdopted(root: Root): void {
    const id = numbers.idOf(root);
    if (id === undefined) return;
    const list = Array.from(root.adoptedStyleSheets ?? []);
    for (const sheet of list) {
      if (constructed.has(sheet)) continue;
      const number = constructed.size + 1;
      constructed.set(sheet, number);
      facts.slots.push(Op.Sheet, number, mask.css(textsOf(sheet).join("\n")));
      edits.delete(sheet);
    }
    const now = `${id} ${list.map((sheet) => constructed.get(sheet))}`;
    if ((adopted.get(root) ?? `${id} `) === now) return;
    adopted.set(root, now);
    facts.slots.push(Op.Adopt, id, list.length, ...list.map((sheet) => constructed.get(sheet) as number));
  }
  function tellState(sheet: CSSStyleSheet, fromElement: boolean): void {
    const ref = refOf(sheet);
    const media = sheet.media.mediaText;
    const now = `${ref} ${sheet.disabled} ${media}`;
    // An element's own attribute has said it already.
    const isSaid = fromElement && (sheet.ownerNode as Element).hasAttribute("media");
    // An alternate sheet is off until it is chosen.
    const isOff = fromElement && (sheet.ownerNode as HTMLLinkElement).relList?.contains("alternate") === true;
    const before = states.get(sheet) ?? `${ref} ${isOff} ${isSaid ? media : ""}`;
    if (now === before || ref === 0) return;
    states.set(sheet, now);
    touched.add(sheet);
    facts.slots.push(Op.SheetState, ref, sheet.disabled ? 1 : 0, mask.css(media));
  }
  function tellStates(): void {
    for (const { sheet } of met.values()) if (sheet) tellState(sheet, true);
    for (const sheet of constructed.keys()) tellState(sheet, false);
  }

  context.onTold(["style", "link"], (element, id) => meet(element as HTMLStyleElement, id));
  realms.onRealm(listenIn);
  context.onRoot((root) => {
    adopts(root);
    return () => {
      adopters.delete(root);
      adopted.delete(root);
    };
  });
  context.onBatch(() => {
    // `adoptedStyleSheets.push` tells nobody.
    for (const root of adopters) tellAdopted(root);
    lookForNewSheets();
    lookAtUnheard();
    for (const sheet of whole) tellRules(sheet);
    for (const [sheet, list] of edits) {
      if (refOf(sheet) === 0) continue;
      touched.add(sheet);
      for (const edit of list) edit();
    }
    whole.clear();
    edits.clear();
    tellHanded();
    tellStates();
  });
  const timer = native(context.page, "setInterval").call(
    context.page,
    () => {
      isLookDue = unheard.size > 0;
      if (handed.size || isLookDue) context.soon();
    },
    LOOK_AGAIN_MS,
  );
  return () => native(context.page, "clearInterval").call(context.page, timer as never);
}
