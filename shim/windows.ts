/** Windows around this one: the topmost is the last that is proxied; and the helpers that rewritten code calls (SPEC Y). */
import type { Locations } from "./location.ts";
import { apply, argument, argumentsOf, defineProperty, getter, hidden, type Native } from "./patch.ts";
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
  const post = view.postMessage as Native;
  // A message's source is the window whose function calls last, and ours may be those of the window around.
  const call = view.eval("(f,w,a)=>f.apply(w,a)") as (native: Native, self: Window, args: unknown[]) => unknown;
  const real = view.location;
  const given = (value: unknown): unknown => {
    if (value === real) return locations.read(value);
    return value === realTop && top ? top : value;
  };
  const holding: ProxyHandler<Window | Document> = {
    get: (of, name) => {
      const value = Reflect.get(of, name);
      return name === "location" ? locations.read(value) : given(value);
    },
    set: (of, name, value) => {
      if (name !== "location") return Reflect.set(of, name, value);
      if (of === view || of === view.document) locations.go(value);
      else of.location.href = realm.encodePlace(value);
      return true;
    },
  };
  hidden(view, {
    __tp$L: locations.read,
    __tp$G: new Proxy(view, holding),
    __tp$P: (value: unknown) => {
      const isOurs = isWindow(value) || (view.Document && value instanceof view.Document);
      return isOurs && (value as Window).location ? new Proxy(value as Window, holding) : value;
    },
    __tp$T: given,
    // The object is the module's own.
    __tp$U: (meta: ImportMeta) => {
      const { url, resolve } = meta;
      meta.url = realm.decode(url);
      if (resolve && meta.url !== url) meta.resolve = (name) => realm.decode(resolve(realm.encode(name)));
      return meta;
    },
    // Anything but an address goes to the browser as it is: a module's name, or an object to be refused.
    __tp$I: (url: unknown) => (typeof url === "symbol" ? url : realm.encode(url)),
    __tp$E: evaluated,
    __tp$V: (value: unknown) => (value === nativeEval ? indirect : value),
    __tp$M: (value: unknown) => {
      if (!isWindow(value)) return value;
      return {
        postMessage: (...args: Parameters<Native>) => {
          retarget(realm, args);
          return call(post, value, args);
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
  argument(view, "setTimeout setInterval", 0, (code) => (typeof code === "string" ? rewrite(code) : code));
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
  const methods = {
    getItem(key: string) {
      return Object.hasOwn(this, key) ? this[key as "key"] : null;
    },
    setItem(key: string, value: string) {
      Reflect.set(this, key, value);
    },
    removeItem(key: string) {
      Reflect.deleteProperty(this, key);
    },
    clear() {
      for (const key of Object.keys(this)) this.removeItem(key);
    },
    key(index: number) {
      return Object.keys(this)[index] ?? null;
    },
    get length() {
      return Object.keys(this).length;
    },
  };
  Object.setPrototypeOf(methods, view.Storage.prototype);
  for (const name of ["localStorage", "sessionStorage"] as const) {
    try {
      void view[name].length;
    } catch {
      const kept = Object.create(methods);
      // Whatever is kept is text.
      const storage = new Proxy(kept, { set: (_, key, value) => Reflect.set(kept, key, String(value)) });
      defineProperty(view, name, { get: () => storage, configurable: true, enumerable: true });
    }
  }
}
