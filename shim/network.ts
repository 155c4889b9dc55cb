/** Addresses that the page hands to the network: as the browser needs them. */
import { apply, argumentsOf, getOwnPropertyDescriptor, making, type Native } from "./patch.ts";
import type { Realm } from "./realm.ts";

/** A request's address: text, a URL, or a Request, which has been through here. */
function encodeRequest(realm: Realm, args: unknown[], at = 0): void {
  const input = args[at];
  if (input === undefined || (input as { constructor?: unknown })?.constructor === realm.view.Request) return;
  if (realm.view.Request && input instanceof realm.view.Request) return;
  args[at] = realm.encode(input);
}

function encodeReferrer(realm: Realm, init: unknown): unknown {
  const referrer = (init as RequestInit | undefined)?.referrer;
  return referrer ? { ...(init as RequestInit), referrer: realm.encode(referrer) } : init;
}

export function installNetwork(realm: Realm): void {
  const { view, encode } = realm;
  const requested = (args: unknown[]): void => {
    encodeRequest(realm, args);
    if (args.length > 1) args[1] = encodeReferrer(realm, args[1]);
  };
  argumentsOf(view, "fetch", requested);
  making(view, "Request", (args, native, target) => {
    requested(args);
    return Reflect.construct(native, args, target);
  });
  for (const name of ["EventSource", "WebSocket", "WebSocketStream"]) {
    making(view, name, (args, native, target) => {
      if (args.length > 0) args[0] = encode(args[0]);
      return Reflect.construct(native, args, target);
    });
  }
  argumentsOf(view.XMLHttpRequest?.prototype, "open", (args) => {
    if (args.length > 1) args[1] = encode(args[1]);
  });
  argumentsOf(view.Navigator?.prototype, "sendBeacon", (args) => {
    if (args.length > 0) args[0] = encode(args[0]);
  });
  making(view, "FontFace", (args, native, target) => {
    if (typeof args[1] === "string") args[1] = realm.encodeCss(args[1]);
    return Reflect.construct(native, args, target);
  });
  installCaches(realm);
  argumentsOf((view as { Clients?: { prototype: object } }).Clients?.prototype, "openWindow", (args) => {
    args[0] = encode(args[0]);
  });
  const responses = view.Response as unknown as object;
  argumentsOf(responses, "redirect", (args) => {
    args[0] = encode(args[0]);
  });
}

function installCaches(realm: Realm): void {
  const cache = realm.view.Cache?.prototype;
  argumentsOf(cache, "add delete keys match matchAll put", (args) => encodeRequest(realm, args));
  argumentsOf(cache, "addAll", (args) => {
    args[0] = Array.from(args[0] as Iterable<unknown>, (input) => {
      const one = [input];
      encodeRequest(realm, one);
      return one[0];
    });
  });
  argumentsOf(realm.view.CacheStorage?.prototype, "match", (args) => encodeRequest(realm, args));
}

/** Workers: their scripts come with a prelude from the server; those the page makes itself get it here. */
export function installWorkers(realm: Realm): void {
  const { view, encode } = realm;
  for (const name of ["Worker", "SharedWorker"]) {
    making(view, name, (args, native, target) => {
      const url = String(args[0]);
      const isModule = (args[1] as WorkerOptions | undefined)?.type === "module";
      args[0] = /^(?:blob|data):/i.test(url) ? (withPrelude(realm, url, isModule) ?? url) : encode(url);
      return Reflect.construct(native, args, target);
    });
  }
  argumentsOf(view, "importScripts", (args) => {
    args.forEach((url, index) => {
      args[index] = encode(url);
    });
  });
  const container = view.ServiceWorkerContainer?.prototype;
  argumentsOf(container, "register", (args) => {
    args[0] = encode(args[0]);
    const scope = (args[1] as RegistrationOptions | undefined)?.scope;
    if (scope !== undefined) args[1] = { ...(args[1] as object), scope: encode(scope) };
  });
  argumentsOf(container, "getRegistration", (args) => {
    if (args[0] !== undefined) args[0] = encode(args[0]);
  });
}

/** Return the address of the same script behind our prelude, or null when it cannot be read. */
function withPrelude(realm: Realm, url: string, isModule: boolean): string | null {
  const { Request, open, send } = realm.natives;
  let code: string;
  if (!realm.config.script) return null;
  try {
    const request = new Request();
    open.call(request, "GET", url, false);
    send.call(request);
    code = request.responseText;
  } catch {
    return null;
  }
  const { view, config } = realm;
  const setting = `self.__tp$=${JSON.stringify(config)};`;
  const strict = /^\s*(["'])use strict\1/.test(code) ? '"use strict";' : "";
  const prelude = isModule
    ? `import "data:text/javascript,${encodeURIComponent(setting)}";import ${JSON.stringify(config.script)};`
    : `${strict}${setting}importScripts(${JSON.stringify(config.script)});`;
  const made = new view.Blob([prelude, realm.rewrite(code)], { type: "text/javascript" });
  return view.URL.createObjectURL(made);
}

/** `location` of a worker is an accessor like any other. */
export function installWorkerLocation(realm: Realm): void {
  const { prototype } = (realm.view as unknown as { WorkerLocation: { prototype: object } }).WorkerLocation;
  const href = getOwnPropertyDescriptor(prototype, "href")?.get as Native | undefined;
  if (!href) return;
  const real = (self: unknown): URL => new URL(realm.decode(String(apply(href, self, []))));
  for (const name of ["href", "origin", "protocol", "host", "hostname", "port"] as const) {
    const found = getOwnPropertyDescriptor(prototype, name);
    const get = new Proxy(found?.get as Native, { apply: (_, self) => real(self)[name] });
    Object.defineProperty(prototype, name, { ...found, get });
  }
  const found = getOwnPropertyDescriptor(prototype, "toString");
  const value = new Proxy(found?.value as Native, { apply: (_, self) => real(self).href });
  if (found?.configurable) Object.defineProperty(prototype, "toString", { ...found, value });
}
