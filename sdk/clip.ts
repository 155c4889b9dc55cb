/** Keep texts within what the server takes: a message that breaks a limit is refused for good. */

/** Replace lone surrogates: they have no UTF-8, and JSON that escapes them is refused. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Cut to a number of characters, whole ones. */
export function clip(text: string, limitCharacters: number): string {
  return wellFormed(text.slice(0, limitCharacters));
}
