/** The page's address and title, through every navigation within the document. */
import { Op } from "#protocol/facts";
import type { Context } from "./context.ts";
import { listen, type Stop, stopAll } from "./natives.ts";
import { patch, patchAll } from "./patches.ts";

export function startAddress(context: Context): Stop {
  const { page, facts, mask } = context;
  const { document } = page;
  let url = "";
  let title: string | null = null;
  const changed = () => context.soon();
  const stops = [
    listen(page, "popstate hashchange", changed),
    patchAll(page.History.prototype, "pushState replaceState", changed),
    // Writing into a finished document replaces it, listeners and all.
    patch(
      page.Document.prototype,
      "open",
      (self) => self === document && context.options.onBroken("document_replaced"),
    ),
  ];
  context.onBatch(() => {
    const nowUrl = mask.url(document);
    const nowTitle = mask.title(document);
    if (nowUrl === url && nowTitle === title) return;
    url = nowUrl;
    title = nowTitle;
    facts.slots.push(Op.Page, nowUrl, nowTitle);
  });
  return () => stopAll(stops);
}
