/** Sheets that the browser has loaded itself: their pseudo-classes become marks rule by rule (see stage/css.ts), in slices. */

import { nextTask } from "../nodes/slices.ts";
import { rewriteSelector } from "../stage/css.ts";

const SLICE_MS = 8;
const PSEUDO = /:(?:hover|focus|active)/;

function* rulesOf(sheet: CSSStyleSheet | CSSGroupingRule): Generator<CSSRule> {
  let rules: CSSRuleList;
  try {
    rules = sheet.cssRules;
  } catch {
    return;
  }
  for (const rule of rules) {
    yield rule;
    if ("styleSheet" in rule && rule.styleSheet) yield* rulesOf(rule.styleSheet as CSSStyleSheet);
    else if ("cssRules" in rule) yield* rulesOf(rule as CSSGroupingRule);
  }
}

/** Rewrite a loaded sheet. Large sheets take several tasks; a sheet that goes meanwhile does no harm. */
export async function markLoadedSheet(sheet: CSSStyleSheet): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for (const rule of rulesOf(sheet)) {
    const style = rule as Partial<CSSStyleRule>;
    if (style.selectorText !== undefined && PSEUDO.test(style.selectorText)) {
      style.selectorText = rewriteSelector(style.selectorText);
    }
    if (performance.now() < until) continue;
    await nextTask();
    until = performance.now() + SLICE_MS;
  }
}
