/** Absolute addresses in CSS. Relative ones are right as they are. */
const ADDRESS =
  /(url\(\s*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()][^)]*?))(\s*\))|(@import\s+)(?:"([^"\n]*)"|'([^'\n]*)')|((?:image-set\(|,)\s*)(?:"((?:https?:)?\/\/[^"\n]*)"|'((?:https?:)?\/\/[^'\n]*)')(?=\s+(?:[\d.]+(?:x|dp)|type\())/gi;

/** Return the text with every address passed through `encode`. */
export function encodeCss(text: string, encode: (url: string) => string): string {
  if (!text.includes("//")) return text;
  return text.replace(ADDRESS, (found: string, ...parts: (string | undefined)[]) => {
    const at = [1, 2, 3, 6, 7, 9, 10].find((index) => parts[index] !== undefined);
    const url = at === undefined ? undefined : parts[at];
    if (!url) return found;
    const encoded = encode(url);
    return encoded === url ? found : found.replace(url, () => encoded);
  });
}

/** Return a `srcset` with every address passed through `encode`. */
export function encodeSrcset(text: string, encode: (url: string) => string): string {
  return text.replace(/(^|,)(\s*)([^\s,]\S*[^\s,]|[^\s,])(?=\s|,|$)((?:\s[^,(]*(?:\([^)]*\))?)*)/g, (_, ...parts) => {
    const [comma, space, url, descriptor] = parts as [string, string, string, string];
    return comma + space + encode(url) + descriptor;
  });
}
