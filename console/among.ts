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

/** What `make` makes of the best of the wanted languages. English when its words cannot be had; rejects when even those cannot. */
export async function inLanguage<Strings, Made>(
  wanted: readonly (string | null)[],
  known: Readonly<Record<string, () => Promise<{ readonly STRINGS: Strings }>>>,
  make: (language: string, tag: string, strings: Strings) => Made,
): Promise<Made> {
  const [language, tag] = languageAmong(wanted, known);
  const fetched = (known[language] as () => Promise<{ STRINGS: Strings }>)().then(({ STRINGS }) =>
    make(language, tag, STRINGS),
  );
  if (language === "en") return fetched;
  return fetched.catch(async (reason) => {
    console.warn(`Twinpane: cannot load the words of ${language}, English is shown`, reason);
    return inLanguage([], known, make);
  });
}

/** Say the strings with the values filled in where they have `{name}`. */
export function sayFrom<Key extends string>(strings: Readonly<Record<Key, string>>, isRtl: boolean) {
  return (key: Key, values: Readonly<Record<string, string>> = {}): string =>
    strings[key].replace(/\{(\w+)\}/g, (_, name: string) =>
      // A name of the other direction must not carry its neighbours along.
      isRtl ? `\u2068${values[name] ?? ""}\u2069` : (values[name] ?? ""),
    );
}
