/** Style sheets: those constructed by scripts, those edited by scripts, those the browser has loaded. */
import { BadFacts, type FactReader, Op } from "#protocol/facts";
import { isDocument } from "../nodes/numbers.ts";
import { rewriteCss } from "../stage/css.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";
import { SELECTION } from "./selection.ts";
import type { Edit, Owner, SheetEdits } from "./sheet_edits.ts";
import type { StyleTexts } from "./styles.ts";

type View = Window & typeof globalThis;
type Rules = CSSStyleSheet | CSSGroupingRule | CSSKeyframesRule;

/** What browsers do by themselves for real focus and selection; in a layer, so that any rule of the page wins. */
const OWN_CSS = `@layer twinpane {
  [data-twinpane-fullscreen] { position: fixed !important; inset: 0 !important; margin: 0 !important; box-sizing: border-box !important;
    min-width: 0 !important; max-width: none !important; min-height: 0 !important; max-height: none !important;
    width: 100% !important; height: 100% !important; transform: none !important; object-fit: contain; border: 0; padding: 0 }
  [data-twinpane-fullscreen=raised] { overflow: visible; background: none; color: inherit }
  [data-twinpane-fullscreen]::backdrop { background: black }
  [data-twinpane-focus=visible] { outline: auto 1px Highlight; outline: auto 1px -webkit-focus-ring-color }
  ::highlight(${SELECTION}) { background-color: Highlight; color: HighlightText }
  :is(video, audio):not([controls])::-webkit-media-controls { display: none }
}`;
/** Keeps the place of a rule that this browser does not know. */
const NO_RULE = "@media not all {}";

function insert(rules: Rules, text: string, index: number): void {
  if ("appendRule" in rules) {
    rules.appendRule(text);
    return;
  }
  try {
    rules.insertRule(text, index);
  } catch {
    rules.insertRule(NO_RULE, index);
  }
}

function remove(rules: Rules, index: number): void {
  const rule = rules.cssRules[index];
  if ("appendRule" in rules) rules.deleteRule((rule as CSSKeyframeRule).keyText);
  else if (rule) rules.deleteRule(index);
}

/** An alternate sheet counts once a script has chosen it. */
function choose(element: HTMLElement): void {
  const link = element as HTMLLinkElement;
  if (link.localName !== "link" || !link.relList.contains("alternate") || link.disabled) return;
  link.disabled = true;
  link.disabled = false;
}

function walk(sheet: CSSStyleSheet, path: readonly number[]): Rules | null {
  let rules: Rules = sheet;
  for (const index of path) {
    const rule: CSSRule | undefined = rules.cssRules[index];
    if (!rule || !("cssRules" in rule)) return null;
    rules = rule as CSSGroupingRule;
  }
  return rules;
}

export function startSheets(mirror: Mirror, edits: SheetEdits, styles: StyleTexts): Kinds {
  const { nodes } = mirror;
  /** Constructed sheets; a sheet can be adopted only where it was constructed, so each document has its copy. */
  const constructed = new Map<number, Map<Document, CSSStyleSheet>>();
  const own = new WeakMap<Document, CSSStyleSheet>();

  function construct(document: Document): CSSStyleSheet {
    const view = document.defaultView as View | null;
    if (!view) throw new BadFacts("a sheet for a document that is gone");
    return new view.CSSStyleSheet();
  }

  function copyFor(number: number, document: Document): CSSStyleSheet {
    const copies = constructed.get(number);
    const first = copies?.values().next().value;
    if (!copies || !first) throw new BadFacts(`no sheet ${number}`);
    const known = copies.get(document);
    if (known) return known;
    const copy = construct(document);
    copy.replaceSync([...first.cssRules].map((rule) => rule.cssText).join("\n"));
    copies.set(document, copy);
    return copy;
  }

  /** Carry out an edit on the sheet that `ref` names. What this browser cannot do is left: its rules may differ from the page's. */
  function editSheet(ref: number, edit: Edit): void {
    const safely: Edit = (sheet, address) => {
      try {
        edit(sheet, address);
      } catch {
        // The index or the rule means something else in this browser.
      }
    };
    if (ref > 0) {
      const element = nodes.element(ref) as HTMLElement as Owner;
      styles.settle();
      edits.edit(element, safely);
      return;
    }
    const copies = constructed.get(-ref);
    if (!copies) throw new BadFacts(`no sheet ${-ref}`);
    for (const [document, sheet] of copies) safely(sheet, mirror.addressOf(document));
  }

  function ownSheet(document: Document): CSSStyleSheet {
    const sheet = own.get(document) ?? construct(document);
    if (!own.has(document)) sheet.replaceSync(OWN_CSS);
    own.set(document, sheet);
    return sheet;
  }

  mirror.rootBegins.push((root) => {
    root.adoptedStyleSheets = isDocument(root) ? [ownSheet(root)] : [];
  });

  const path = (facts: FactReader) => Array.from({ length: readCount(facts) }, () => facts.num());

  return {
    [Op.Sheet]: (facts) => {
      const [number, css] = [facts.num(), facts.text()];
      const copies = constructed.get(number) ?? new Map<Document, CSSStyleSheet>();
      const main = mirror.frame.contentDocument;
      if (copies.size === 0 && main) copies.set(main, construct(main));
      for (const [document, sheet] of copies) sheet.replaceSync(rewriteCss(css, mirror.addressOf(document)));
      constructed.set(number, copies);
    },
    [Op.Adopt]: (facts) => {
      const root = nodes.root(facts.num());
      const document = isDocument(root) ? root : root.ownerDocument;
      const sheets = path(facts).map((number) => copyFor(number, document));
      root.adoptedStyleSheets = isDocument(root) ? [ownSheet(document), ...sheets] : sheets;
    },
    [Op.Rules]: (facts) => {
      const ref = facts.num();
      const texts = Array.from({ length: readCount(facts) }, () => facts.text());
      editSheet(ref, (sheet, address) => {
        while (sheet.cssRules.length > 0) sheet.deleteRule(sheet.cssRules.length - 1);
        for (const text of texts) insert(sheet, rewriteCss(text, address), sheet.cssRules.length);
      });
    },
    [Op.RuleInsert]: (facts) => {
      const [ref, at, index, text] = [facts.num(), path(facts), facts.num(), facts.text()];
      editSheet(ref, (sheet, address) => {
        const rules = walk(sheet, at);
        if (rules) insert(rules, rewriteCss(text, address), index);
      });
    },
    [Op.RuleDelete]: (facts) => {
      const [ref, at, index] = [facts.num(), path(facts), facts.num()];
      editSheet(ref, (sheet) => {
        const rules = walk(sheet, at);
        if (rules) remove(rules, index);
      });
    },
    [Op.RuleReplace]: (facts) => {
      const [ref, at, text] = [facts.num(), path(facts), facts.text()];
      const index = at.pop() ?? 0;
      editSheet(ref, (sheet, address) => {
        const rules = walk(sheet, at);
        if (!rules) return;
        remove(rules, index);
        insert(rules, rewriteCss(text, address), index);
      });
    },
    [Op.SheetState]: (facts) => {
      const [ref, disabled, media] = [facts.num(), facts.num() === 1, mirror.media.rewrite(facts.text())];
      if (ref > 0 && !disabled) choose(nodes.element(ref));
      editSheet(ref, (sheet) => {
        sheet.disabled = disabled;
        if (sheet.media.mediaText !== media) sheet.media.mediaText = media;
      });
    },
  };
}
