/**
 * The SDK for bundlers: adds the server's own script to the page, so that page and server always speak the same language.
 * Imports nothing of a browser: safe to import where a page is rendered on a server.
 */
import type { Upscope } from "./types.js";

export type * from "./types.js";

/** Where the script is, and how the page lets it in. */
export interface LoadOptions {
  /** The server, as `https://cobrowse.example.com`. */
  host: string;
  /** The team's public key. */
  key: string;
  /** The nonce of the page's Content-Security-Policy. */
  nonce?: string | undefined;
}

type Call = [name: string, ...args: unknown[]];
type Loaded = ((...call: Call) => unknown) & { protocol: number };
/** The snippet's stand-in: the script takes what is in `q`, and its place. */
type Stub = ((...call: Call) => void) & { q: { push(call: Call): unknown } };
type Place = Window & { Upscope?: Loaded | Stub; trustedTypes?: Policies };
/** Where a page requires Trusted Types. */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Load the SDK once; calls made before it is there are kept and done in order. Does nothing on a server. */
export function load({ host, key, nonce }: LoadOptions): Upscope {
  if (typeof window !== "undefined" && !(window as Place).Upscope) {
    const stub: Stub = Object.assign((...call: Call) => void stub.q.push(call), { q: [] });
    (window as Place).Upscope = stub;
    addScript(window as Place, `${host.replace(/\/+$/, "")}/${key}.js`, nonce);
  }
  return call as Upscope;
}

/** Hand on to whatever `Upscope` is by now. */
function call(...given: Call): unknown {
  const upscope = typeof window === "undefined" ? undefined : (window as Place).Upscope;
  if (!upscope || "protocol" in upscope) return upscope?.(...given);
  const [name, ...args] = given;
  if (name === "on") return keptListener(upscope, args);
  if (!/^(?:get|newLookupCode$)/.test(name)) return upscope(...given);
  const done = args.at(-1);
  return new Promise((resolve) => {
    const answered = (value: unknown): void => {
      resolve(value);
      if (typeof done === "function") done(value);
    };
    upscope(name, ...args.filter((arg) => typeof arg !== "function"), answered);
  });
}

/** Listen as soon as the SDK is there; returns the way to stop. */
function keptListener(stub: Stub, args: unknown[]): () => void {
  let stopped = false;
  const listener = args.pop();
  const heard = (...given: unknown[]): void => {
    if (!stopped && typeof listener === "function") listener(...given);
  };
  stub("on", ...args, heard);
  return () => {
    stopped = true;
  };
}

function addScript({ document, trustedTypes }: Place, url: string, nonce: string | undefined): void {
  const script = document.createElement("script");
  script.async = true;
  if (nonce) script.nonce = nonce;
  // A page may allow policies by name: this one is `twinpane`.
  script.src = trustedTypes?.createPolicy("twinpane", { createScriptURL: () => url }).createScriptURL(url) ?? url;
  script.onerror = () =>
    console.warn(`Upscope: cannot load ${url}: is the address right, and allowed by the page's policy?`);
  document.head.append(script);
}
