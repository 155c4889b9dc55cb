/** Addresses that the page hands to the network: as the browser needs them. */
import { argument, argumentsOf, making } from "./patch.ts";
import type { Realm } from "./realm.ts";

/** A request's address: text, a URL, or a Request, which has been through here. */
function encodeRequest(realm: Realm, args: unknown[], at = 0): void {
  const input = args[at];
  if (input === undefined || (input as { constructor?: unknown })?.constructor === realm.view.Request) return;
  if (realm.view.Request && input instanceof realm.view.Request) return;
  args[at] = realm.reach(input);
}

function encodeReferrer(realm: Realm, init: unknown): unknown {
  const referrer = (init as RequestInit | undefined)?.referrer;
  return referrer ? { ...(init as RequestInit), referrer: realm.encode(referrer) } : init;
}

export function installNetwork(realm: Realm): void {
  const { view, encode, reach } = realm;
  const requested = (args: unknown[]): void => {
    encodeRequest(realm, args);
    if (args.length > 1) args[1] = encodeReferrer(realm, args[1]);
  };
  argumentsOf(view, "fetch", requested);
  making(view, "Request", requested);
  for (const name of ["EventSource", "WebSocket", "WebSocketStream"]) {
    making(view, name, (args) => {
      if (args.length > 0) args[0] = reach(args[0]);
    });
  }
  making(view, "FontFace", (args) => {
    args[1] = realm.encodeCss(args[1]);
  });
  installCaches(realm);
  argument(view.XMLHttpRequest?.prototype, "open", 1, reach);
  argument(view.Navigator?.prototype, "sendBeacon", 0, reach);
  argument((view as { Clients?: { prototype: object } }).Clients?.prototype, "openWindow", 0, encode);
  argument(view.Response as unknown as object, "redirect", 0, encode);
}

function installCaches(realm: Realm): void {
  const cache = realm.view.Cache?.prototype;
  argumentsOf(cache, "add delete keys match matchAll put", (args) => encodeRequest(realm, args));
  argument(cache, "addAll", 0, (inputs: Iterable<unknown>) =>
    Array.from(inputs, (input) => {
      const one = [input];
      encodeRequest(realm, one);
      return one[0];
    }),
  );
  argumentsOf(realm.view.CacheStorage?.prototype, "match", (args) => encodeRequest(realm, args));
}

/** Workers: their scripts come with a prelude from the server; those the page makes itself get it here. */
export function installWorkers(realm: Realm): void {
  const { view, encode } = realm;
  for (const name of ["Worker", "SharedWorker"]) {
    making(view, name, (args) => {
      const url = String(args[0]);
      const isModule = (args[1] as WorkerOptions | undefined)?.type === "module";
      args[0] = /^(?:blob|data):/i.test(url) ? (withPrelude(realm, url, isModule) ?? url) : encode(url);
    });
  }
  argumentsOf(view, "importScripts", (args) => {
    args.forEach((url, index) => {
      args[index] = encode(url);
    });
  });
  const container = view.ServiceWorkerContainer?.prototype;
  argument(container, "register getRegistration", 0, encode);
  argument(container, "register", 1, (options: RegistrationOptions) =>
    options.scope === undefined ? options : { ...options, scope: encode(options.scope) },
  );
}

/** Return the address of the same script behind our prelude, or null when it cannot be read. */
function withPrelude(realm: Realm, url: string, isModule: boolean): string | null {
  const { Request, open, send } = realm.natives;
  let code: string;
  try {
    const request = new Request();
    open.call(request, "GET", url, false);
    send.call(request);
    code = request.responseText;
  } catch {
    return null;
  }
  const { view, config } = realm;
  const script = realm.origin + config.worker;
  const setting = `self.__tp$=${JSON.stringify({ ...config, script })};`;
  const strict = /^\s*(["'])use strict\1/.test(code) ? '"use strict";' : "";
  const prelude = isModule
    ? `import "data:text/javascript,${encodeURIComponent(setting)}";import ${JSON.stringify(script)};`
    : `${strict}${setting}importScripts(${JSON.stringify(script)});`;
  const made = new view.Blob([prelude, realm.rewrite(code)], { type: "text/javascript" });
  return view.URL.createObjectURL(made);
}
