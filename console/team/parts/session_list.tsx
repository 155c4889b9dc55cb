/** Sessions as a table, newest first; each leads to its own page. */
import type { SessionTold } from "#protocol/console";
import { WORDS } from "../words.ts";
import { Badge } from "./controls.tsx";
import { Moment } from "./time.tsx";

export function SessionList({ sessions, withVisitor }: { sessions: readonly SessionTold[]; withVisitor?: boolean }) {
  return (
    <div class="table-room">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{WORDS.sessions.started}</th>
            {withVisitor && <th scope="col">{WORDS.session.visitor}</th>}
            <th scope="col">{WORDS.sessions.agents}</th>
            <th scope="col" class="end">
              {WORDS.sessions.length}
            </th>
            <th scope="col">{WORDS.sessions.end}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td data-head={WORDS.sessions.started}>
                <a href={`/console/sessions/${session.id}`}>
                  <Moment at={session.started_at} />
                </a>
              </td>
              {withVisitor && (
                <td data-head={WORDS.session.visitor}>
                  <a href={`/console/visitors/${session.visitor_id}`} class="figures">
                    {session.visitor_id}
                  </a>
                </td>
              )}
              <td data-head={WORDS.sessions.agents}>
                {session.agents.map((agent) => agent.name).join(", ") || (
                  <span class="soft">{WORDS.sessions.noAgents}</span>
                )}
              </td>
              <td class="figures end" data-head={WORDS.sessions.length}>
                {session.formatted_length}
              </td>
              <td data-head={WORDS.sessions.end}>
                <EndOf session={session} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function EndOf({ session }: { session: SessionTold }) {
  if (session.ended_at === null) return <Badge look="accent">{WORDS.sessions.running}</Badge>;
  return (
    <span>
      {session.end_reason && WORDS.ends[session.end_reason]}
      {!session.went_live && <span class="soft"> · {WORDS.sessions.notLive}</span>}
    </span>
  );
}
