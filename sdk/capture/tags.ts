/** What is known of an element by its tag alone: asked for once a tag, not once an element. */

export const Tag = {
  /** Not told, only its place: it shows nothing. */
  Hidden: 1,
  /** Told without children: they show nothing, or are told by other facts. */
  Childless: 2,
  /** May hold what the visitor types, and so a card number or password. */
  Field: 4,
  /** A kind wants to know of it. */
  Noticed: 8,
} as const;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const CHILDLESS = words("textarea iframe frame template canvas object embed");
const HIDDEN = words("script noscript");
const FIELDS = words("input textarea");

export class Tags {
  readonly #flags = new Map<string, number>();

  /** Return the Tag flags of a tag, or-ed. */
  of(tag: string): number {
    const flags = this.#flags.get(tag);
    if (flags !== undefined) return flags;
    const learnt =
      (HIDDEN.has(tag) ? Tag.Hidden : 0) | (CHILDLESS.has(tag) ? Tag.Childless : 0) | (FIELDS.has(tag) ? Tag.Field : 0);
    this.#flags.set(tag, learnt);
    return learnt;
  }

  /** From now on elements of this tag are noticed. */
  notice(tag: string): void {
    this.#flags.set(tag, this.of(tag) | Tag.Noticed);
  }

  isNoticed(tag: string): boolean {
    return (this.of(tag) & Tag.Noticed) !== 0;
  }
}
