/** The first of the wanted BCP 47 tags, best first, whose language is known; that language and the tag. */
export function languageAmong(
  wanted: readonly (string | null)[],
  known: Readonly<Record<string, unknown>>,
): readonly [language: string, tag: string] {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split("-")[0] ?? "";
    if (tag && Object.hasOwn(known, language)) return [language, tag];
  }
  return ["en", "en-GB"];
}
