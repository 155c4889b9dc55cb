/** The viewer in React: `<Viewer watchUrl={…} onState={…} ref={viewer} />`; methods are those of the element behind the ref. */
import { createElement, forwardRef, type HTMLAttributes, useEffect, useImperativeHandle, useRef } from "react";
import type { Problem, SessionStatus, TwinpaneViewer, ViewerEvents, ViewerState } from "./index.js";
import "./index.js";

export type * from "./index.js";

export interface ViewerProps extends Pick<HTMLAttributes<HTMLElement>, "className" | "id" | "style" | "title"> {
  /** The one-time address from R15 or R17. Another one begins anew. */
  readonly watchUrl: string;
  readonly onStatus?: (status: SessionStatus) => void;
  readonly onState?: (state: ViewerState) => void;
  readonly onColor?: (color: string) => void;
  readonly onMessage?: (message: unknown) => void;
  readonly onEnded?: (reason: string) => void;
  readonly onProblem?: (problem: Problem) => void;
}

type Handlers = Pick<ViewerProps, "onStatus" | "onState" | "onColor" | "onMessage" | "onEnded" | "onProblem">;

const HANDLERS: Readonly<Record<keyof ViewerEvents, keyof Handlers>> = {
  status: "onStatus",
  state: "onState",
  color: "onColor",
  message: "onMessage",
  ended: "onEnded",
  problem: "onProblem",
};

export const Viewer = forwardRef<TwinpaneViewer, ViewerProps>(function Viewer(props, ref) {
  const { watchUrl, className, id, style, title } = props;
  const element = useRef<TwinpaneViewer>(null);
  const handlers = useRef<Handlers>(props);
  useImperativeHandle(ref, () => element.current as TwinpaneViewer);
  useEffect(() => {
    handlers.current = props;
  });
  useEffect(() => {
    const viewer = element.current;
    const stop = new AbortController();
    for (const [event, name] of Object.entries(HANDLERS)) {
      const call = ({ detail }: Event & { detail?: unknown }) =>
        (handlers.current[name] as ((detail: unknown) => void) | undefined)?.(detail);
      viewer?.addEventListener(event, call, { signal: stop.signal });
    }
    return () => stop.abort();
  }, []);
  // To React a custom element has attributes only, by their own names.
  return createElement("twinpane-viewer", { ref: element, "watch-url": watchUrl, class: className, id, style, title });
});
