/** `document.cookie` over the server's jar: a snapshot, our own writes on it, and a version that tells when it is old (SPEC Y). */
import { getOwnPropertyDescriptor, type Native } from "./patch.ts";
import { ASSETS, type Realm } from "./realm.ts";

interface Answer {
  cookies: string;
  version: number;
}

interface Write {
  readonly name: string;
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const WRITE_S = 120;
const FLUSH_MS = 50;

/** Read a `document.cookie = text`. Null for what a browser would not keep. */
export function readWrite(text: string, site: URL, path: string): Write | null {
  const [pair = "", ...rest] = text.split(";");
  const equals = pair.indexOf("=");
  const name = equals < 0 ? "" : pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  const attributes = new Map<string, string>();
  for (const part of rest) {
    const [key = "", ...words] = part.split("=");
    attributes.set(key.trim().toLowerCase(), words.join("=").trim());
  }
  const isSecure = attributes.has("secure");
  const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase();
  const where = attributes.get("path");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters make a browser refuse the cookie
  if ((!name && !value) || /[\x00-\x08\x0a-\x1f\x7f]/.test(text) || name.length + value.length > 4096) return null;
  if (attributes.has("httponly") || (isSecure && site.protocol !== "https:" && !/(^|\.)localhost$/.test(site.hostname)))
    return null;
  if (domain && site.hostname !== domain && !site.hostname.endsWith(`.${domain}`)) return null;
  if (/^__secure-/i.test(name) && !isSecure) return null;
  if (/^__host-/i.test(name) && !(isSecure && !domain && where === "/")) return null;
  if (where?.startsWith("/") && !isWithin(path, where)) attributes.set("elsewhere", "");
  return { name, value, attributes };
}

function isWithin(path: string, where: string): boolean {
  return path === where || (path.startsWith(where) && (where.endsWith("/") || path[where.length] === "/"));
}

function isGone(write: Write, now_ms: number): boolean {
  const age = write.attributes.get("max-age");
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  const expires = write.attributes.get("expires");
  return expires !== undefined && Date.parse(expires.replaceAll("-", " ")) <= now_ms;
}

/** Return the cookie string after a write. */
export function applied(cookies: string, write: Write, now_ms: number): string {
  if (write.attributes.has("elsewhere")) return cookies;
  const all = cookies ? cookies.split("; ") : [];
  const at = all.findIndex((pair) => (pair.includes("=") ? pair.slice(0, pair.indexOf("=")) : "") === write.name);
  const pair = write.name ? `${write.name}=${write.value}` : write.value;
  if (isGone(write, now_ms)) all.splice(at < 0 ? all.length : at, 1);
  else all.splice(at < 0 ? all.length : at, 1, pair);
  return all.join("; ");
}

export class Cookies {
  readonly #realm: Realm;
  readonly #native: PropertyDescriptor;
  #cookies: string;
  #version: number;
  #last = 0;
  #flush = 0;
  /** Whether other hosts are to get what was written since the last flush. */
  #isWide = false;
  /** Writes that the browser would not carry: they ride in the flush's body. */
  #refused: string[] = [];

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#native = getOwnPropertyDescriptor(realm.view.Document.prototype, "cookie") as PropertyDescriptor;
    realm.config.jar = this.#native;
    this.#cookies = realm.config.cookies;
    this.#version = realm.config.version;
  }

  get snapshot(): Answer {
    return { cookies: this.#cookies, version: this.#version };
  }

  take(answer: Answer | null): void {
    if (!answer || typeof answer.cookies !== "string" || answer.version < this.#version) return;
    this.#cookies = answer.cookies;
    this.#version = answer.version;
    for (const text of this.#refused) this.#apply(text);
  }

  read = (): string => {
    const found = new RegExp(`(?:^|; )tpv_${this.#realm.config.sid}=(\\d+)`).exec(this.#raw);
    if (found && Number(found[1]) > this.#version) {
      this.take(this.#realm.ask(this.#query) as Answer | null);
      this.#version = Math.max(this.#version, Number(found[1]));
    }
    return this.#cookies;
  };

  write = (given: unknown): void => {
    let text = String(given);
    // What has no name Firefox takes for one.
    if ("mozInnerScreenX" in this.#realm.view) text = text.replace(/^[^=;]+(?=;|$)/, "$&=");
    if (!this.#apply(text)) return;
    this.#last = Math.max(this.#last + 1, Math.round((performance.timeOrigin + performance.now()) * 1000));
    const name = `tpw_${this.#realm.config.sid}_${this.#last}`;
    const pair = `${name}=${encodeURIComponent(text)}; Path=/; Max-Age=${WRITE_S}`;
    this.#raw = `${pair}; Secure; SameSite=None; Partitioned`;
    if (!this.#raw.includes(name)) this.#raw = `${pair}; SameSite=Lax`;
    if (!this.#raw.includes(name)) this.#refused.push(text);
    this.#isWide ||= /;\s*domain\s*=/i.test(text);
    this.#flush ||= this.#realm.view.setTimeout(() => void this.flush(), FLUSH_MS);
  };

  /** Before another host is asked: what is for it as well has to be there. */
  settle = (): void => {
    if (!this.#isWide) return;
    const answer = this.#realm.ask(this.#query, this.#begun()) as Answer | null;
    if (answer) this.#refused = [];
    this.take(answer);
  };

  /** The page goes. */
  leave = (): void => {
    if (this.#flush) void this.flush();
  };

  /** Bring writes to the server though no request of the page does. */
  async flush(): Promise<void> {
    const { fetch } = this.#realm.natives;
    const { writes } = this.#begun();
    const body = JSON.stringify({ writes });
    const last = this.#last;
    try {
      const url = this.#realm.origin + ASSETS + this.#query;
      const answer = await fetch.call(this.#realm.view, url, { method: "POST", body, keepalive: true });
      this.#refused = this.#refused.slice(writes.length);
      // A later write is not in this answer: the version will ask again.
      if (answer.ok && last === this.#last) this.take((await answer.json()) as Answer);
    } catch {
      // The cookie itself rides on the next request.
    }
  }

  #begun(): { writes: string[] } {
    clearTimeout(this.#flush);
    this.#flush = 0;
    this.#isWide = false;
    return { writes: this.#refused };
  }

  get #query(): string {
    return `cookies?path=${encodeURIComponent(new URL(this.#realm.base).pathname)}`;
  }

  get #raw(): string {
    return String((this.#native.get as Native).call(this.#realm.view.document));
  }

  set #raw(text: string) {
    (this.#native.set as Native).call(this.#realm.view.document, text);
  }

  #apply(text: string): boolean {
    const url = new URL(this.#realm.base);
    const write = readWrite(text, new URL(this.#realm.config.site), url.pathname);
    if (write) this.#cookies = applied(this.#cookies, write, Date.now());
    return write !== null;
  }
}
