/** Who did what, newest first. */
import { useEffect, useState } from "preact/hooks";
import type { AuditAnswer, AuditEntry } from "#protocol/console";
import { Button, PageHead } from "../parts/controls.tsx";
import { Empty } from "../parts/empty.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { Moment } from "../parts/time.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const first = useResource<AuditAnswer>("audit", () => api("GET /audit"));
  return (
    <div class="page">
      <PageHead title={WORDS.audit.title} lead={WORDS.audit.lead} />
      <Loaded from={first}>
        {(answer) => (answer.entries.length === 0 ? <Empty title={WORDS.audit.none} /> : <Entries answer={answer} />)}
      </Loaded>
    </div>
  );
}

function Entries({ answer }: { answer: AuditAnswer }) {
  const { api } = useDesk();
  const [entries, setEntries] = useState<readonly AuditEntry[]>(answer.entries);
  const [cursor, setCursor] = useState(answer.next_cursor ?? null);
  const { busy, problem, run } = useTask();
  useEffect(() => {
    setEntries(answer.entries);
    setCursor(answer.next_cursor ?? null);
  }, [answer]);
  const words = WORDS.audit;
  return (
    <>
      <div class="table-room">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.who}</th>
              <th scope="col">{words.did}</th>
              <th scope="col">{words.from}</th>
              <th scope="col">{words.hash}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td class="nowrap" data-head={words.when}>
                  <Moment at={entry.at} />
                </td>
                <td data-head={words.who}>{entry.who}</td>
                <td data-head={words.did}>{entry.did}</td>
                <td class="soft figures" data-head={words.from}>
                  {entry.ip_address}
                </td>
                <td class="soft code" data-head={words.hash} title={entry.hash}>
                  {entry.hash.slice(0, 10)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && <p class="problem">{problem.words}</p>}
      {cursor && (
        <Button
          busy={busy}
          onClick={() =>
            run(async () => {
              const next = await api("GET /audit", { query: { cursor } });
              setEntries([...entries, ...next.entries]);
              setCursor(next.next_cursor ?? null);
            })
          }
        >
          {WORDS.showMore}
        </Button>
      )}
    </>
  );
}
