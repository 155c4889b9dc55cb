/** Where a rule stands: the path of grouping rules from its sheet, and its index. */

type Holder = CSSStyleSheet | CSSGroupingRule;

/** Rules of a sheet or grouping rule; null when the browser forbids reading them. */
export function rulesOf(holder: Holder): CSSRuleList | null {
  try {
    return holder.cssRules;
  } catch {
    return null;
  }
}

/** The path of a rule, from its sheet: `[2, 0]` is the first rule in the sheet's third. Null when it is in none. */
export function pathOf(rule: CSSRule): { sheet: CSSStyleSheet; path: number[] } | null {
  const path: number[] = [];
  for (let at: CSSRule | null = rule; at; at = at.parentRule) {
    const holder = (at.parentRule ?? at.parentStyleSheet) as Holder | null;
    const rules = holder && rulesOf(holder);
    const index = rules ? Array.prototype.indexOf.call(rules, at) : -1;
    if (index < 0) return null;
    path.unshift(index);
  }
  return rule.parentStyleSheet ? { sheet: rule.parentStyleSheet, path } : null;
}

/** The text of every rule. `@import` needs no telling twice: its text has it. */
export function textsOf(sheet: CSSStyleSheet): string[] {
  return Array.from(rulesOf(sheet) ?? [], (rule) => rule.cssText);
}

/** Up to so many rules are compared one by one; above, their number must do. */
const MAX_COMPARED_RULES = 400;

/** Whether a style element's rules are just what its text says. */
export function isExplained(sheet: CSSStyleSheet, text: string, scratch: CSSStyleSheet): boolean {
  const rules = rulesOf(sheet);
  if (!rules) return true;
  if (!text.trim()) return rules.length === 0;
  scratch.replaceSync(text);
  const said = scratch.cssRules;
  // A constructed sheet leaves `@import` out.
  const now = Array.from(rules).filter((rule) => rule.constructor.name !== "CSSImportRule");
  if (now.length !== said.length) return false;
  return now.length > MAX_COMPARED_RULES || now.every((rule, i) => rule.cssText === said[i]?.cssText);
}
