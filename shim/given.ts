/** Addresses that the browser gives: as the site knows them. */
import { apply, defineProperty, getter, hidden, method, type Native } from "./patch.ts";
import { ASSETS, type Realm } from "./realm.ts";

const GIVEN: Readonly<Record<string, string>> = {
  Attr: "value",
  Client: "url",
  CSSImportRule: "href",
  CSSRule: "cssText",
  CSSStyleDeclaration: "cssText",
  Document: "URL documentURI",
  Element: "innerHTML outerHTML",
  Error: "stack",
  ErrorEvent: "filename",
  EventSource: "url",
  ExtendableMessageEvent: "origin",
  HashChangeEvent: "oldURL newURL",
  HTMLButtonElement: "formAction",
  HTMLFormElement: "action",
  HTMLImageElement: "currentSrc",
  HTMLInputElement: "formAction",
  HTMLMediaElement: "currentSrc",
  HTMLScriptElement: "text",
  MessageEvent: "origin",
  NavigationDestination: "url",
  NavigationHistoryEntry: "url",
  Node: "baseURI",
  PerformanceEntry: "name",
  Request: "url referrer",
  Response: "url",
  SecurityPolicyViolationEvent: "documentURI blockedURI sourceFile",
  ServiceWorker: "scriptURL",
  ServiceWorkerRegistration: "scope",
  ShadowRoot: "innerHTML",
  StorageEvent: "url",
  StyleSheet: "href",
  SVGAnimatedString: "animVal",
  WebSocket: "url",
  XMLHttpRequest: "responseURL",
};

type Interfaces = Record<string, { prototype: object } | undefined>;

export function installGiven(realm: Realm): void {
  const { decode } = realm;
  const view = realm.view as unknown as Interfaces;
  for (const [name, members] of Object.entries(GIVEN)) getter(view[name]?.prototype, members, decode);
  method(view["CSSStyleDeclaration"]?.prototype, "getPropertyValue", (self, args, native) =>
    decode(apply(native, self, args)),
  );
  installPerformance(realm, view);
  installStacks(realm);
}

/** V8 has no accessor for stacks. It asks for their text, with nothing of ours in it. */
function installStacks({ view: { Error: Errors }, decode }: Realm): void {
  if ("stack" in Errors.prototype || !("captureStackTrace" in Errors)) return;
  const headOf = Errors.prototype.toString;
  const prepareStackTrace = (error: Error, sites: { getFileName(): string | null }[]): string =>
    decode(
      [
        headOf.call(error),
        ...sites.filter((site) => !site.getFileName()?.includes(ASSETS)).map((site) => `    at ${site}`),
      ].join("\n"),
    );
  hidden(Errors, { prepareStackTrace });
}

/** Resource timings name real addresses, and none of ours. */
function installPerformance({ decode, addresses, origin, encode, natives }: Realm, view: Interfaces): void {
  const name = natives.entryName;
  if (!name) return;
  const isOurs = (entry: unknown): boolean => {
    const url = String(name.call(entry));
    return url.startsWith(origin + ASSETS) && addresses.holds(url);
  };
  const listed = (self: unknown, args: unknown[], native: Native): unknown =>
    (apply(native, self, args) as unknown[]).filter((entry) => !isOurs(entry));
  for (const owner of [view["Performance"]?.prototype, view["PerformanceObserverEntryList"]?.prototype]) {
    method(owner, "getEntries getEntriesByType", listed);
    method(owner, "getEntriesByName", (self, [first, ...rest], native) =>
      listed(self, [encode(first), ...rest], native),
    );
  }
  for (const kind of ["PerformanceEntry", "PerformanceResourceTiming", "PerformanceNavigationTiming"]) {
    method(view[kind]?.prototype, "toJSON", (self, args, native) => {
      const json = apply(native, self, args) as { name: string };
      return { ...json, name: decode(json.name) };
    });
  }
}

/** What a document says of itself. */
export function installDocument({ view, config, decode, addresses }: Realm): void {
  const { prototype } = view.Document;
  // Whoever embeds a proxied page is none of its business.
  getter<string>(prototype, "referrer", (referrer) => {
    const real = addresses.holds(referrer) ? decode(referrer) : "";
    // To the browser the way from https to http is none: both have our scheme.
    return real.startsWith("https") && !config.site.startsWith("https") ? "" : real;
  });
  const { hostname } = new URL(config.site);
  defineProperty(prototype, "domain", {
    get: () => hostname,
    // Relaxing it would do nothing: every site has an origin of its own here.
    set: (domain: string) => {
      if (hostname !== domain && !hostname.endsWith(`.${domain}`)) {
        throw new view.DOMException(`'${domain}' is not a suffix of '${hostname}'.`, "SecurityError");
      }
    },
    enumerable: true,
    configurable: true,
  });
}
