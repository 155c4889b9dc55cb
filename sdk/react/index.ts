/** Twinpane in React: `<Provider>` loads and sets up the SDK, `useUpscope()` tells how it stands, the rest marks parts of a page. */
import { type Identity, load, type Options, type Upscope } from "@twinpane/sdk";
import {
  createContext,
  createElement,
  type ElementType,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";

/** How the visitor stands. */
export interface Standing {
  /** Null until the page is connected. */
  readonly shortId: string | null;
  /** Whether agents may see the page. */
  readonly isLive: boolean;
  /** How many do. */
  readonly observers: number;
}

export interface Twinpane extends Standing {
  /** The SDK's function; does nothing where a page is rendered on a server. */
  readonly upscope: Upscope;
}

export interface ProviderProps {
  /** The server, as `https://cobrowse.example.com`. */
  readonly host: string;
  /** The team's public key. */
  readonly publicKey: string;
  /** The nonce of the page's Content-Security-Policy. */
  readonly nonce?: string;
  /** As for `init`; may change. Options that are left out later keep their value, `null` takes them back. */
  readonly options?: Options;
  /** Who the visitor is; may change. */
  readonly identity?: Identity;
  readonly children?: ReactNode;
}

const NOBODY: Standing = { shortId: null, isLive: false, observers: 0 };
const Context = createContext<Twinpane | null>(null);

/** Load the SDK once, for everything inside. */
export function Provider({
  host,
  publicKey,
  nonce,
  options = {},
  identity = {},
  children,
}: ProviderProps): ReactElement {
  const [standing, setStanding] = useState(NOBODY);
  const upscope = useMemo(() => load({ host, key: publicKey, nonce }), [host, publicKey, nonce]);
  useEffect(() => {
    const change = (news: Partial<Standing>): void => setStanding((before) => ({ ...before, ...news }));
    const stops = [
      upscope("on", "connection", (shortId) => change({ shortId })),
      upscope("on", "connectionReset", () => setStanding(NOBODY)),
      upscope("on", "sessionStart", () => change({ isLive: true })),
      upscope("on", "sessionContinue", () => change({ isLive: true })),
      upscope("on", "sessionEnd", () => change({ isLive: false })),
      upscope("on", "observersCount", (observers) => change({ observers })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [upscope]);
  useChange({ ...options, ...identity }, (all) => upscope("init", all));
  const value = useMemo(() => ({ upscope, ...standing }), [upscope, standing]);
  return createElement(Context.Provider, { value }, children);
}

/** The SDK's function and how the visitor stands. Throws outside of a `<Provider>`. */
export function useUpscope(): Twinpane {
  const found = useContext(Context);
  if (!found) throw new Error("useUpscope needs a <Provider> of @twinpane/react around it");
  return found;
}

export interface AreaProps extends HTMLAttributes<HTMLElement> {
  /** The element to render. Default `div`. */
  readonly as?: ElementType;
}

/** What is inside never leaves the page: agents see a block of its size. */
export function Masked({ as = "div", className = "", ...rest }: AreaProps): ReactElement {
  return createElement(as, { ...rest, className: `no-upscope ${className}`.trim() });
}

/** What is inside can be seen, and neither clicked nor typed in by agents. */
export function NoRemoteControl({ as = "div", className = "", ...rest }: AreaProps): ReactElement {
  return createElement(as, { ...rest, className: `no-upscope-remote ${className}`.trim() });
}

/** Run `tell` at the beginning, and when any of the values has become another. */
function useChange(values: Options, tell: (values: Options) => void): void {
  const told = useRef<Options | null>(null);
  useEffect(() => {
    const before = told.current;
    const names = Object.keys({ ...before, ...values }) as (keyof Options)[];
    if (before && names.every((name) => Object.is(before[name], values[name]))) return;
    told.current = values;
    tell(values);
  });
}
