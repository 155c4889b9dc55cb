/** Start a session, or join the one that runs, in a tab of its own. */
import { Problem } from "./api.ts";
import type { Desk } from "./desk.ts";

/** The tab is opened by the click itself, before the server is asked: later, browsers would take it for an advertisement. */
export async function startSession(desk: Desk, shortId: string): Promise<Problem | null> {
  const tab = window.open("about:blank");
  try {
    const { watch_url: url } = await desk.api("POST /visitors/{short_id}/watch", { at: [shortId], body: {} });
    if (tab) {
      tab.opener = null;
      tab.location.replace(url);
    } else {
      location.assign(url);
    }
    return null;
  } catch (reason) {
    tab?.close();
    return Problem.of(reason);
  }
}
