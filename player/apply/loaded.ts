/** Sheets that the browser has loaded itself: what else is done to their text (see stage/css.ts) is done rule by rule, in slices. */

import { nextTask } from "../nodes/slices.ts";
import { HAS_PSEUDO, rewriteSelector } from "../stage/css.ts";
import type { MediaAnswers } from "../stage/media.ts";

const SLICE_MS = 8;

/** All rules of a sheet, those in groups and imported sheets too. */
export function* rulesOf(sheet: CSSStyleSheet | CSSGroupingRule): Generator<CSSRule> {
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
export async function markLoadedSheet(sheet: CSSStyleSheet, media: MediaAnswers): Promise<void> {
  let until = performance.now() + SLICE_MS;
  for (const rule of rulesOf(sheet)) {
    const style = rule as Partial<CSSStyleRule & CSSMediaRule>;
    if (style.media) {
      const answered = media.rewrite(style.media.mediaText);
      if (answered !== style.media.mediaText) style.media.mediaText = answered;
    }
    if (style.selectorText !== undefined && HAS_PSEUDO.test(style.selectorText)) {
      style.selectorText = rewriteSelector(style.selectorText);
    }
    if (performance.now() < until) continue;
    await nextTask();
    until = performance.now() + SLICE_MS;
  }
}
