/** What a change of the session means to the page's listeners (S3). */
import type { Agent, SessionState, Window } from "#protocol/messages";

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

type Data = Readonly<Record<string, string | number | boolean>>;

/** What listeners are told of an agent. */
function dataOf({ name, window }: Agent): Data {
  return { name, ...(window && windowData(window)) };
}

function windowData(window: Window): Data {
  const { screen_width, screen_height, window_width, window_height, has_focus } = window;
  return {
    screenWidth: screen_width,
    screenHeight: screen_height,
    windowWidth: window_width,
    windowHeight: window_height,
    hasFocus: has_focus,
  };
}

function* observerEvents(before: Agent | undefined, after: Agent): Iterable<Event> {
  const data = dataOf(after);
  if (!before) {
    yield ["newObserver", after.id, data];
  } else {
    const known = dataOf(before);
    const changed = Object.entries(data).filter(([name, value]) => known[name] !== value);
    if (changed.length > 0) yield ["observerUpdate", after.id, Object.fromEntries(changed)];
  }
  if (after.sees_page && !before?.sees_page) yield ["observerContentVisible", after.id];
}

/** Return the events between two states. `found`: the page did not see it happen, the session was there when it connected. */
export function eventsBetween(before: SessionState | null, after: SessionState | null, found: boolean): Event[] {
  const events: Event[] = [];
  const [left, came] = [watching(before), watching(after)];
  const find = (agents: Agent[], id: string) => agents.find((agent) => agent.id === id);
  if (isAskedToView(after) && !isAskedToView(before)) events.push(["sessionRequest", after?.asking?.agent_name]);
  if (isLive(after) && !isLive(before)) events.push([found ? "sessionContinue" : "sessionStart"]);
  for (const agent of came) events.push(...observerEvents(find(left, agent.id), agent));
  for (const { id } of left) if (!find(came, id)) events.push(["observerGone", id]);
  if (left.length !== came.length) events.push(["observersCount", came.length]);
  if (isLive(before) && !isLive(after)) events.push(["sessionEnd", after?.end_reason ?? null]);
  return events;
}
