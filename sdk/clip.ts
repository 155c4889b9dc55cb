/** Keep texts within what the server takes: a message that breaks a limit is refused for good. */

/** Cut to a number of characters, whole ones, and replace lone surrogates: they have no UTF-8. */
export function clip(text: string, limitCharacters: number): string {
  return text.slice(0, limitCharacters).replace(/\p{Surrogate}/gu, "\ufffd");
}
