/** Addresses as the browser has them, and as the site knows them (SPEC Y). The twin of `server/twinpane/rewrite/address.py`. */

export interface ProxyBase {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | null;
}

/** Labels of sites whose host does not fit one, kept by the server. Null when it has none. */
export interface Aliases {
  labelOf(origin: string): string | null;
  originOf(label: string): string | null;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };
const MAX_LABEL = 63;
/** Every dotted part begins and ends with something else than a hyphen. */
const PLAIN_HOST = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;
const LABEL = /^([a-z2-7]{12})-([sh])-(.*?)(?:(?<!-)---(\d+))?$/;
/** Starts with a scheme or two slashes, as a URL parser sees it. */
const ABSOLUTE = /^[\0- ]*(?:[a-z][a-z\d+.\t\n\r-]*:|[\\/][\t\n\r]*[\\/])/i;
const AROUND = /^[\0- ]+|[\0- ]+$/g;
const HEAD = /^((?:https?|wss?):)?([\\/]*)((?:[^\\/?#]*@)?)[^\\/?#]*/i;

/** Return the label of a site, or null when only an alias will do. `scheme` is http or https, `port` empty for its default. */
export function labelOf(sid: string, scheme: string, host: string, port: string): string | null {
  if (!PLAIN_HOST.test(host)) return null;
  const name = host.replaceAll("-", "--").replaceAll(".", "-");
  const label = `${sid}-${scheme === "https" ? "s" : "h"}-${name}${port ? `---${port}` : ""}`;
  return label.length > MAX_LABEL ? null : label;
}

/** Return the origin of the site that a label names, or null. */
export function originOf(label: string): string | null {
  const [, , kind, name, port] = LABEL.exec(label) ?? [];
  if (!kind || !name) return null;
  const host = name.replace(/-+/g, (run) => (run.length === 1 ? "." : "-".repeat(run.length / 2)));
  const scheme = kind === "s" ? "https" : "http";
  return labelOf(label.slice(0, 12), scheme, host, port ?? "") === label
    ? `${scheme}://${host}${port ? `:${port}` : ""}`
    : null;
}

export class Addresses {
  readonly #sid: string;
  readonly #scheme: string;
  readonly #direct: string;
  readonly #aliases: Aliases;
  readonly #proxied: RegExp;
  /** What follows the label in every authority, e.g. `.px.localhost:8080`. */
  readonly suffix: string;

  /** `direct` is the one origin that is reached past the proxy. */
  constructor(sid: string, base: ProxyBase, direct: string, aliases: Aliases) {
    this.#sid = sid;
    this.#scheme = base.scheme;
    this.#direct = direct;
    this.#aliases = aliases;
    const port = base.port && String(base.port) !== DEFAULT_PORTS[base.scheme] ? `:${base.port}` : "";
    this.suffix = `.${base.host}${port}`;
    const escaped = this.suffix.replaceAll(".", "\\.");
    this.#proxied = new RegExp(
      `(http|ws)s?://((?:[^\\\\/?#@\\s"'<>]*@)?)(${sid}-[a-z0-9_-]+)${escaped}(?![\\w.:-])`,
      "gi",
    );
  }

  /** Whether a text may hold an address of ours; cheap. */
  holds(text: string): boolean {
    return text.includes(this.suffix);
  }

  /** Return the address to use for what the site calls `text`; relative, proxied and foreign ones as they are. */
  encode(text: string, base: string): string {
    if (!ABSOLUTE.test(text)) return text;
    const plain = text.replace(AROUND, "").replace(/[\t\n\r]/g, "");
    const [head, scheme = "", slashes = "", userinfo = ""] = HEAD.exec(plain) ?? [""];
    // `https:path` in an https page means `path`; on a proxy that speaks http it would not.
    if (slashes.length < 2 && scheme && base.startsWith(scheme.toLowerCase())) return plain.slice(scheme.length);
    let url: URL;
    try {
      url = new URL(plain, base);
    } catch {
      return text;
    }
    const origin = this.#encodeOrigin(url, userinfo);
    // What follows the host stays as written, so that it can be given back as written.
    return origin ? origin + plain.slice(head.length) : text;
  }

  #encodeOrigin(url: URL, userinfo: string): string | null {
    const kind = /^(http|ws)(s?):$/.exec(url.protocol);
    if (!kind || url.host.endsWith(this.suffix)) return null;
    const scheme = `http${kind[2]}`;
    const origin = `${scheme}://${url.host}`;
    if (origin === this.#direct) return null;
    const label = labelOf(this.#sid, scheme, url.hostname, url.port) ?? this.#aliases.labelOf(origin);
    return label && `${this.#scheme.replace("http", kind[1] as string)}://${userinfo}${label}${this.suffix}`;
  }

  /** Replace every proxied origin in a text (an address, a srcset, CSS, HTML) by that of the site. */
  decode(text: string): string {
    if (!this.holds(text)) return text;
    return text.replace(this.#proxied, (found: string, kind: string, userinfo: string, label: string) => {
      const origin = originOf(label.toLowerCase()) ?? this.#aliases.originOf(label.toLowerCase());
      return origin ? origin.replace("http", kind.toLowerCase()).replace("//", `//${userinfo}`) : found;
    });
  }
}
