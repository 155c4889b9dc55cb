/** Selectors that ask for addresses: as the markup has them, and as the site has them, as links do until they are used. */

const ADDRESS =
  /\[\s*(?:src|href|data|poster|action|srcset|background)\s*[~|^$*]?=\s*(?:"([^"]*)"|'([^']*)'|([^\s\]"']+))[^\]]*\]/gi;
const HOST = /^[\w-]+(?:\.[\w-]+)+$/;

/** Return a selector that finds in proxied markup what the given one finds in the site's. */
export function encodeSelector(selector: string, encode: (url: string) => string): string {
  return selector.replace(ADDRESS, (found: string, ...parts: string[]) => {
    const value = parts[0] ?? parts[1] ?? parts[2] ?? "";
    // Part of a host's name is written as labels are.
    const encoded = HOST.test(value) ? value.replaceAll("-", "--").replaceAll(".", "-") : encode(value);
    return encoded === value ? found : `:is(${found},${found.replace(value, () => encoded)})`;
  });
}
