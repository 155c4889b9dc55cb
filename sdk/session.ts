/** What a change of the session means to the page's listeners (S3). */
import type { Agent, SessionState } from "#protocol/messages";

export type Event = readonly [name: string, ...args: unknown[]];

export function isLive(session: SessionState | null): boolean {
  return session?.phase === "live" || session?.phase === "paused";
}

function isAskedToView(session: SessionState | null): boolean {
  return session?.asking?.kind === "view";
}

function watching(session: SessionState | null): Agent[] {
  return session && isLive(session) ? session.agents.filter((agent) => agent.connected) : [];
}

/** Return the events between two states. `found`: the page did not see it happen, the session was there when it connected. */
export function eventsBetween(before: SessionState | null, after: SessionState | null, found: boolean): Event[] {
  const events: Event[] = [];
  const [left, came] = [watching(before), watching(after)];
  if (isAskedToView(after) && !isAskedToView(before)) events.push(["sessionRequest", after?.asking?.agent_name]);
  if (isLive(after) && !isLive(before)) events.push([found ? "sessionContinue" : "sessionStart"]);
  for (const { id, name } of came) {
    if (!left.some((agent) => agent.id === id)) events.push(["newObserver", id, { name }]);
  }
  for (const { id } of left) {
    if (!came.some((agent) => agent.id === id)) events.push(["observerGone", id]);
  }
  if (left.length !== came.length) events.push(["observersCount", came.length]);
  if (isLive(before) && !isLive(after)) events.push(["sessionEnd", after?.end_reason ?? null]);
  return events;
}
