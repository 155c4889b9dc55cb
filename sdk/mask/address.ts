/** An address without query and fragment, which may name what the page keeps back. */
export function bareAddress(url: string): string {
  return url.replace(/[?#].*/s, "");
}
