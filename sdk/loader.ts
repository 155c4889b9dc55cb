/** `https://HOST/PUBLIC_KEY.js`: takes the snippet's place as `Upscope` and `Twinpane` (S1). */
import { PROTOCOL_VERSIONS } from "#protocol/messages";
import { Client, type Site } from "./client.ts";
import { answer, publicFunctions } from "./functions.ts";
import { proxiedOf } from "./proxied.ts";

type Call = ArrayLike<unknown>;

/** The snippet's stand-in: keeps calls in `q` until we are here. */
interface Stub {
  q?: Iterable<Call> | { push(call: Call): void };
}

interface Upscope {
  (name: string, ...args: unknown[]): unknown;
  /** Tells a loaded function from a stub. */
  readonly protocol: number;
  /** Whether the page comes through the proxy. */
  readonly fromProxy?: boolean;
}

type Place = Window & { Upscope?: Stub | Upscope; Twinpane?: Stub | Upscope };

const PROTOCOL = PROTOCOL_VERSIONS[0];
const PUBLIC_KEY_SCRIPT = /^(.*\/)([A-Za-z0-9]{10})\.js$/;

/** The account's settings: the server writes them round this script, where there are any. */
declare const twinpaneSettings: Readonly<Record<string, unknown>> | undefined;

/** Read server and key from the script's own address. */
function siteOf(script: string, page: Window): Site {
  const address = new URL(script || page.location.href);
  const [, base, key] = PUBLIC_KEY_SCRIPT.exec(address.origin + address.pathname) ?? [];
  const account = typeof twinpaneSettings === "undefined" ? {} : twinpaneSettings;
  return { base: base ?? new URL(".", address).href, key: key ?? null, account };
}

/**
 * A function that hands on to the page that holds this frame, when that page has ours: its mirror shows this frame already.
 */
function ofParent(page: Place): Upscope | null {
  try {
    const parent = page.parent as Place;
    if (parent === page || typeof parent.Upscope !== "function") return null;
    // Looked up at each call: the parent may still have its stub.
    const call = (...args: [string, ...unknown[]]): unknown => (parent.Upscope as Upscope)(...args);
    return Object.assign(call, { protocol: PROTOCOL });
  } catch {
    return null; // Another origin: this frame is a page of its own.
  }
}

function isLoaded(value: unknown): value is Upscope {
  return typeof value === "function" && "protocol" in value;
}

function create(site: Site, page: Window): Upscope {
  const client = new Client(page, site);
  const functions = publicFunctions(client);
  const call = (name: string, ...args: unknown[]): unknown => {
    try {
      const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
      return known ? known(...(args as never[])) : answer(client.callSurface(name, args), args.at(-1));
    } catch (thrown) {
      client.events.failCall(thrown);
      return undefined;
    }
  };
  return Object.assign(call, { protocol: PROTOCOL, fromProxy: proxiedOf(page) !== null });
}

/** Take the stubs' places, and do what they were asked, in order. */
function takeOver(page: Place, upscope: Upscope): void {
  const stubs = new Set([page.Upscope, page.Twinpane]);
  page.Upscope = page.Twinpane = upscope;
  const run = (call: Call): void => void upscope(...(Array.from(call) as [string, ...unknown[]]));
  for (const stub of stubs) {
    if (!stub || isLoaded(stub)) continue;
    const calls = stub.q;
    // The page may have kept the stub itself.
    stub.q = { push: run };
    if (calls && Symbol.iterator in calls) for (const call of calls) run(call);
  }
}

function start(page: Place): void {
  if (isLoaded(page.Upscope)) return;
  const proxied = proxiedOf(page);
  // The topmost proxied page speaks for the frames in it.
  if (proxied && !proxied.top) return;
  const script = page.document.currentScript;
  const address = script instanceof HTMLScriptElement ? script.src : "";
  // The site knows nothing of an element of ours.
  if (proxied) script?.remove();
  takeOver(page, (proxied ? null : ofParent(page)) ?? create(siteOf(address, page), page));
  // Nobody else on such a page would.
  if (proxied) (page.Upscope as Upscope)("init", proxied.uniqueId === null ? {} : { uniqueId: proxied.uniqueId });
}

try {
  start(window as Place);
} catch (thrown) {
  console.warn("Upscope: cannot start", thrown);
}
