/** Start a session, join the one that runs, or see a recorded one again: in a tab of its own. */
import { Problem } from "./api.ts";
import type { Desk } from "./desk.ts";

export const startSession = (desk: Desk, shortId: string): Promise<Problem | null> =>
  openTab(async () => (await desk.api("POST /visitors/{short_id}/watch", { at: [shortId], body: {} })).watch_url);

export const openReplay = (desk: Desk, sessionId: string): Promise<Problem | null> =>
  openTab(async () => (await desk.api("POST /sessions/{session_id}/replay", { at: [sessionId] })).url);

/** The tab is opened by the click itself, before the server is asked: later, browsers would take it for an advertisement. */
async function openTab(find: () => Promise<string>): Promise<Problem | null> {
  const tab = window.open("about:blank");
  try {
    const url = await find();
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
