/** `cookieStore` over the same cookies as `document.cookie`. */
import type { Cookies } from "./cookies.ts";
import { method } from "./patch.ts";
import type { Realm } from "./realm.ts";

interface Wanted {
  name?: string;
  value?: string;
  domain?: string | null;
  path?: string;
  expires?: number | Date | null;
  sameSite?: string;
}

export function installCookieStore({ view }: Realm, cookies: Cookies): void {
  const { prototype } = (view as unknown as { CookieStore?: { prototype: object } }).CookieStore ?? {};
  const list = (wanted: unknown): { name: string; value: string }[] => {
    const name = typeof wanted === "object" ? (wanted as Wanted | null)?.name : wanted;
    const all = cookies.read().split("; ").filter(Boolean);
    const found = all.map((pair) => {
      const equals = pair.indexOf("=");
      return { name: pair.slice(0, Math.max(equals, 0)), value: pair.slice(equals + 1) };
    });
    return name === undefined ? found : found.filter((cookie) => cookie.name === String(name));
  };
  const set = ({ name = "", value = "", path = "/", domain, expires, sameSite = "strict" }: Wanted): void => {
    const parts = [`${name}=${value}`, `Path=${path}`, `SameSite=${sameSite}`, "Secure"];
    if (domain) parts.push(`Domain=${domain}`);
    if (expires !== undefined && expires !== null) parts.push(`Expires=${new Date(expires).toUTCString()}`);
    cookies.write(parts.join("; "));
  };
  method(prototype, "get", async (_, [wanted]) => list(wanted)[0] ?? null);
  method(prototype, "getAll", async (_, [wanted]) => list(wanted));
  method(prototype, "set", async (_, [first, value]) =>
    set(typeof first === "object" ? (first as Wanted) : { name: String(first), value: String(value) }),
  );
  method(prototype, "delete", async (_, [first]) => {
    const wanted = typeof first === "object" ? (first as Wanted) : { name: String(first) };
    set({ ...wanted, value: "", expires: 0 });
  });
}
