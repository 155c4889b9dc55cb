/**
 * A site's service worker fetches, keeps and makes pages as the site knows them. When it answers a navigation with one, the
 * page is rewritten on its way to the browser. What is ours passes it by.
 */
import { apply, method } from "./patch.ts";
import { ASSETS, type Realm } from "./realm.ts";

interface Asking extends Event {
  readonly request: Request;
}

export function installServed(realm: Realm): void {
  const { view, config } = realm;
  const { FetchEvent } = view as unknown as { FetchEvent?: { prototype: object } };
  if (!FetchEvent) return;
  const ours = [config.site + ASSETS, config.api];
  // First of all listeners: the prelude runs before the worker's own script.
  view.addEventListener("fetch", (event) => {
    if (ours.some((place) => (event as Asking).request.url.startsWith(place))) event.stopImmediatePropagation();
  });
  method(FetchEvent.prototype, "respondWith", (self, [answer], native) => {
    const { request } = self as Asking;
    const shown = request.mode === "navigate" ? Promise.resolve(answer as Response).then(rewritten) : answer;
    return apply(native, self, [shown]);

    async function rewritten(response: Response): Promise<Response> {
      const type = response?.headers?.get("content-type") ?? "";
      if (!response?.body || !/html/i.test(type)) return response;
      const { pathname, search } = new URL(request.url);
      const query = new URLSearchParams({ to: pathname + search, for: request.destination || "document" });
      const page = await realm.natives.fetch.call(view, `${realm.origin}${ASSETS}page?${query}`, {
        method: "POST",
        headers: { "Content-Type": type },
        body: await response.arrayBuffer(),
      });
      if (!page.ok) return page;
      const { status, statusText } = response;
      const headers = new Headers(response.headers);
      for (const name of ["content-encoding", "content-length"]) headers.delete(name);
      for (const [name, value] of page.headers) headers.set(name, value);
      return new Response(page.body, { status, statusText, headers });
    }
  });
}
