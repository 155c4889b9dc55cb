/** Closed shadow roots, known by the call that makes them: nobody can ask for one afterwards. */
import { patch } from "./capture/patches.ts";

export type ClosedRoots = WeakMap<Element, ShadowRoot>;

/** Remember those that are attached from now on, for as long as the page is there. */
export function rememberClosedRoots(page: Window): ClosedRoots {
  const roots: ClosedRoots = new WeakMap();
  patch((page as Window & typeof globalThis).Element.prototype, "attachShadow", (host, _, root) => {
    if ((root as ShadowRoot).mode === "closed") roots.set(host as Element, root as ShadowRoot);
  });
  return roots;
}
