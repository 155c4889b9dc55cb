/** How much of an element may leave the page: a decision on plain facts about it (SPEC M1, M2; api.md S7). */

export const Level = {
  /** All of it. */
  Open: 0,
  /** `maskAll`: its place and class; children decide for themselves, its own text is withheld. */
  Shell: 1,
  /** A masked text field: one bullet per character, attributes by allow-list. */
  Field: 2,
  /** An opaque block of its size; children are not told. */
  Box: 3,
  /** Only its place: scripts, and what is ours. */
  Hidden: 4,
} as const;
export type Level = (typeof Level)[keyof typeof Level];

export interface Traits {
  /** A mask rule matches: class, attribute, selector, password, autocomplete, card number. */
  masked: boolean;
  /** An input of text or a textarea. */
  textField: boolean;
  /** In `maskAll`: it, or one it is in, is among `unmaskedElements`. */
  unmasked: boolean;
  /** It shows something by itself: text of its own, an image, a control. */
  showsContent: boolean;
  /** One of `unmaskedElements` is inside. */
  holdsUnmasked: boolean;
}

/** Return the level of an element. An explicit mask always wins. */
export function decide(traits: Traits, maskAll: boolean): Level {
  if (traits.masked) return traits.textField ? Level.Field : Level.Box;
  if (!maskAll || traits.unmasked) return Level.Open;
  if (traits.textField) return Level.Field;
  return traits.showsContent && !traits.holdsUnmasked ? Level.Box : Level.Shell;
}
