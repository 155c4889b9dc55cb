/** What of the page's address and title may leave (SPEC M3). Pure. */
import type { Config } from "../ports.ts";

export type AddressRules = Pick<Config, "maskAll" | "maskedParameters">;

const VALUE = "***";

/** In queries, in fragments, and in addresses that are a parameter themselves (`?next=%2Fpay%3Ftoken%3D…`). */
function valuesOf(names: readonly string[]): RegExp {
  const any = names.map((name) => encodeURIComponent(name).replace(/[.()]/g, "\\$&").replaceAll("*", "[^=&#%]*"));
  return RegExp(`((?:[?&#;]|%3f|%26|%23)(?:${any.join("|")})(?:=|%3d))((?:(?!%26|%23)[^&#])+)`, "gi");
}

/** An address without query and fragment, which may name what the page keeps back. */
export function bareAddress(url: string): string {
  return url.replace(/[?#].*/s, "");
}

/** An address without the values of `maskedParameters`; with `maskAll` without query and fragment. */
export function addressLeaving(url: string, { maskAll, maskedParameters }: AddressRules): string {
  if (maskAll) return bareAddress(url);
  return maskedParameters.length ? url.replace(valuesOf(maskedParameters), `$1${VALUE}`) : url;
}

/** A title without what the page's address keeps back; with `maskAll` none. */
export function titleLeaving(title: string, url: string, { maskAll, maskedParameters }: AddressRules): string {
  if (maskAll) return "";
  if (!maskedParameters.length) return title;
  for (const [, , value = ""] of url.matchAll(valuesOf(maskedParameters))) {
    for (const spelled of [value, plain(value)]) title = title.replaceAll(spelled, VALUE);
  }
  return title;
}

function plain(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
