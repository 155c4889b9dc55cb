/** Numbers and counted nouns as a language writes them. */
const plural = new Intl.PluralRules("en");
const counted = new Intl.NumberFormat("en");

/** Say how many, with the noun in the right form. */
export function count(many: number, one: string, more: string): string {
  return `${counted.format(many)} ${plural.select(many) === "one" ? one : more}`;
}

export const number = (value: number): string => counted.format(value);
