/** Which origins a list of CSP sources lets in (CSP 3, 6.7.2.8 "Does url match source list in origin"), as far as origins go. Pure. */

const PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };
const SOURCE = /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[^*/:]+|\[[\da-f:.]+\])(?::(\d+|\*))?\/?$/;

/** Tell whether `origin` may embed what is at `self` (an origin), by the sources of `frame-ancestors`. */
export function letsIn(sources: readonly string[], origin: string, self: string): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (!(from.protocol in PORTS)) return false;
  return sources.some((source) => matches(source.toLowerCase(), from, new URL(self)));
}

function matches(source: string, from: URL, self: URL): boolean {
  if (source === "*") return true;
  if (source === "'self'") return from.origin === self.origin;
  if (/^[a-z][a-z\d+.-]*:$/.test(source)) return schemeFits(source, from.protocol);
  const parts = SOURCE.exec(source);
  if (!parts) return false;
  const [, scheme = self.protocol, host = "", port] = parts;
  return schemeFits(scheme, from.protocol) && hostFits(host, from.hostname) && portFits(port, scheme, from);
}

/** What is named without encryption is also meant with it. */
function schemeFits(scheme: string, protocol: string): boolean {
  return scheme === protocol || (scheme === "http:" && protocol === "https:");
}

function hostFits(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function portFits(port: string | undefined, scheme: string, from: URL): boolean {
  const actual = from.port || PORTS[from.protocol];
  if (port === "*") return true;
  const wanted = port ?? PORTS[scheme];
  return actual === wanted || (wanted === "80" && actual === "443");
}
