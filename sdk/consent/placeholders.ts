/** Fills the placeholders of texts that a page sets (S5): `{%agentName%|fallback}`, `{%currentDomain%}`, `{%lookupCode%}`. */

export interface Facts {
  agentName: string | null;
  currentDomain: string;
  lookupCode: string | null;
}

/** A name without a value gives its fallback, else nothing. Unknown names are left as they are written. */
export function fillIn(text: string, facts: Facts): string {
  return text.replace(/\{%(\w+)%(?:\|([^}]*))?\}/g, (whole, name: string, fallback: string | undefined) =>
    name in facts ? facts[name as keyof Facts] || (fallback ?? "") : whole,
  );
}
