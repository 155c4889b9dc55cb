/** Numbers and counted nouns as a language writes them. */

/** The nouns that a language has for different numbers; `#` is the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** BCP 47: how numbers, times and names of countries are written. */
export let LOCALE = "en";
let counted = new Intl.NumberFormat(LOCALE);

/** Write numbers as this language does, in the digits that its words have. */
export function countIn(tag: string): void {
  LOCALE = new Intl.Locale(tag, { numberingSystem: "latn" }).toString();
  counted = new Intl.NumberFormat(LOCALE);
}

/** For a language, the way to say how many, with the noun in the right form. */
export function counting(language: string): (many: number, forms: Forms) => string {
  const plural = new Intl.PluralRules(language);
  return (many, forms) => (forms[plural.select(many)] ?? forms.other).replace("#", number(many));
}

const inEnglish = counting("en");

/** Say how many in English. */
export function count(many: number, one: string, more: string): string {
  return inEnglish(many, { one: `# ${one}`, other: `# ${more}` });
}

export const number = (value: number): string => counted.format(value);
