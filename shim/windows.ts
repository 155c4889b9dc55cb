/** Windows around this one: the topmost is the last that is proxied; and the helpers that rewritten code calls (SPEC Y). */
import type { Locations } from "./location.ts";
import { apply, argumentsOf, defineProperty, getter, hidden, type Native } from "./patch.ts";
import type { Realm } from "./realm.ts";

function isWindow(value: unknown): value is Window {
  try {
    return typeof value === "object" && value !== null && (value as Window).window === value;
  } catch {
    return false;
  }
}

/** Return the outermost window that is of this proxy session. */
function topmost(realm: Realm): Window {
  const { view } = realm;
  const around = view.location.ancestorOrigins;
  let window: Window = view;
  let levels = around ? Array.from(around).findLastIndex((origin) => realm.addresses.holds(origin)) + 1 : 0;
  // Where the browser does not tell who is around, the server's word has to do.
  if (!around && !realm.config.top) levels = Number.POSITIVE_INFINITY;
  for (; levels > 0 && window.parent !== window; levels--) window = window.parent;
  return window;
}

/** Let `parent`, `top` and `frameElement` end at the topmost proxied window. Returns that. */
export function installWindows(realm: Realm): Window {
  const { view } = realm;
  const top = topmost(realm);
  if (top === view) {
    getter(view, "parent", () => view);
    getter(view, "frameElement", () => null);
  }
  return top;
}

/** Define the globals that rewritten code calls. `top` is null in workers. */
export function installHelpers(realm: Realm, locations: Pick<Locations, "read" | "go">, top: Window | null): void {
  const { view, rewrite } = realm;
  const realTop = top && view.top;
  const nativeEval = view.eval;
  const indirect = new Proxy(nativeEval, { apply: (native, _, [code]) => native(evaluated(code) as string) });
  const evaluated = (code: unknown): unknown => (typeof code === "string" ? rewrite(code) : code);
  const holder = (of: Window | Document) => ({
    get location() {
      return locations.read(of.location);
    },
    set location(url: unknown) {
      if (of === view || of === view.document) locations.go(url);
      else of.location.href = realm.encodePlace(url);
    },
  });
  hidden(view, {
    __tp$L: locations.read,
    __tp$G: holder(view),
    __tp$P: (value: unknown) => {
      const isOurs = isWindow(value) || (view.Document && value instanceof view.Document);
      return isOurs && (value as Window).location ? holder(value as Window) : value;
    },
    __tp$T: (value: unknown) => (value === realTop && top ? top : value),
    // Anything but an address goes to the browser as it is: a module's name, or an object to be refused.
    __tp$I: (url: unknown) => (typeof url === "symbol" ? url : realm.encode(url)),
    __tp$E: evaluated,
    __tp$V: (value: unknown) => (value === nativeEval ? indirect : value),
    __tp$M: (value: unknown) => {
      if (!isWindow(value)) return value;
      return {
        postMessage: (...args: Parameters<Native>) => {
          retarget(realm, args);
          return (value.postMessage as Native)(...args);
        },
      };
    },
  });
}

/** The origin a message is for, as the browser knows it. */
function retarget(realm: Realm, args: unknown[]): void {
  const target = args[1];
  if (typeof target === "string") args[1] = realm.encode(target);
  else if (target && typeof target === "object" && "targetOrigin" in target) {
    args[1] = { ...target, targetOrigin: realm.encode((target as WindowPostMessageOptions).targetOrigin) };
  }
}

export function installMessages(realm: Realm): void {
  const { view } = realm;
  getter(view, "origin", (origin) => realm.decode(String(origin)));
  argumentsOf(view, "postMessage", (args) => {
    if (view.document) retarget(realm, args);
  });
}

const DYNAMIC = ["function(){}", "async function(){}", "function*(){}", "async function*(){}"];

/** Code in strings: timers and function constructors. */
export function installCode(realm: Realm): void {
  const { view, rewrite } = realm;
  argumentsOf(view, "setTimeout setInterval", (args) => {
    if (typeof args[0] === "string") args[0] = rewrite(args[0]);
  });
  const make = (args: unknown[], native: Native, target?: Native): object => {
    const body = args.pop();
    const given = body === undefined ? args : [...args, rewrite(String(body))];
    return target ? Reflect.construct(native, given, target) : (apply(native, undefined, given) as object);
  };
  for (const source of DYNAMIC) {
    // Of that realm, not of ours.
    const prototype = Object.getPrototypeOf(view.eval(`(${source})`)) as { constructor: Native };
    const native = source === DYNAMIC[0] ? view.Function : prototype.constructor;
    const ours = new Proxy(native as Native, {
      apply: (target, _, args) => make(args, target),
      construct: (target, args, made) => make(args, target, made as Native),
    });
    defineProperty(prototype, "constructor", { value: ours, writable: source === DYNAMIC[0], configurable: true });
    if (source === DYNAMIC[0]) defineProperty(view, "Function", { value: ours, writable: true, configurable: true });
  }
}

/** Where the browser blocks storage, the site gets one that lasts as long as the document. */
export function installStorage({ view }: Realm): void {
  for (const name of ["localStorage", "sessionStorage"] as const) {
    try {
      void view[name].length;
    } catch {
      const kept = new Map<string, string>();
      const methods = {
        getItem: (key: string) => kept.get(String(key)) ?? null,
        setItem: (key: string, value: string) => void kept.set(String(key), String(value)),
        removeItem: (key: string) => void kept.delete(String(key)),
        clear: () => kept.clear(),
        key: (index: number) => [...kept.keys()][index] ?? null,
      };
      const storage = new Proxy(Object.create(view.Storage.prototype), {
        get: (_, key) => {
          if (key === "length") return kept.size;
          return Reflect.get(methods, key) ?? (typeof key === "string" ? kept.get(key) : undefined);
        },
        set: (_, key, value) => Boolean(kept.set(String(key), String(value))),
        has: (_, key) => key in methods || kept.has(String(key)),
        deleteProperty: (_, key) => kept.delete(String(key)) || true,
        ownKeys: () => [...kept.keys()],
        getOwnPropertyDescriptor: (_, key) => {
          const value = kept.get(String(key));
          return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
        },
      });
      defineProperty(view, name, { get: () => storage, configurable: true, enumerable: true });
    }
  }
}
