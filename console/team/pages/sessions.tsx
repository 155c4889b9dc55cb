/** Every session of the team, by filters that stand in the address. */

import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Members, SessionsAnswer, SessionsQuery, SessionTold } from "#protocol/console";
import { Button, Field, PageHead, TextField } from "../parts/controls.tsx";
import { Empty } from "../parts/empty.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { SessionList } from "../parts/session_list.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

const NAMES = ["visitor", "agent", "from", "to", "active"] as const;
type Filters = Partial<Record<(typeof NAMES)[number], string>>;

export function Page() {
  const { query, route } = useLocation();
  const filters: Filters = Object.fromEntries(NAMES.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
  const key = JSON.stringify(filters);
  const { api } = useDesk();
  const first = useResource<SessionsAnswer>(key, () => api("GET /sessions", { query: asked(filters) }));
  const change = (name: keyof Filters, value: string) => {
    const next = { ...filters, [name]: value };
    const text = new URLSearchParams(Object.entries(next).filter(([, one]) => one !== "")).toString();
    route(`/console/sessions${text && `?${text}`}`, true);
  };
  return (
    <div class="page">
      <PageHead title={WORDS.sessions.title} lead={WORDS.sessions.lead} />
      <FilterBar filters={filters} change={change} clear={() => route("/console/sessions", true)} />
      <Loaded from={first}>
        {(answer) =>
          answer.sessions.length > 0 ? (
            <Found key={key} answer={answer} filters={filters} />
          ) : key === "{}" ? (
            <Empty title={WORDS.sessions.none} detail={WORDS.sessions.noneDetail} />
          ) : (
            <Empty title={WORDS.sessions.noMatch} />
          )
        }
      </Loaded>
    </div>
  );
}

/** Days are those of the reader's own clock; the last one counts whole. */
export function asked({ visitor, agent, from, to, active }: Filters): SessionsQuery {
  const day = (text: string, more: number) => {
    const at = new Date(`${text}T00:00:00`);
    at.setDate(at.getDate() + more);
    return at.toISOString();
  };
  return {
    ...(visitor && { visitor: visitor.trim().toUpperCase() }),
    ...(agent && { agent }),
    ...(from && { from: day(from, 0) }),
    ...(to && { to: day(to, 1) }),
    ...(active && { active: active === "true" }),
  };
}

function FilterBar({
  filters,
  change,
  clear,
}: {
  filters: Filters;
  change: (name: keyof Filters, value: string) => void;
  clear: () => void;
}) {
  const { api } = useDesk();
  const members = useResource<Members>("members", () => api("GET /members"));
  const words = WORDS.sessions;
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label={words.visitor}
        value={filters.visitor ?? ""}
        maxLength={8}
        autoComplete="off"
        spellcheck={false}
        onChange={(event) => change("visitor", event.currentTarget.value)}
      />
      <Field label={words.agent}>
        {(ids) => (
          <select
            {...ids}
            class="input"
            value={filters.agent ?? ""}
            onChange={(event) => change("agent", event.currentTarget.value)}
          >
            <option value="">{words.anyAgent}</option>
            {members.data?.members.map((member) => (
              <option key={member.id} value={`member:${member.id}`}>
                {member.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={words.from}
        type="date"
        value={filters.from ?? ""}
        onChange={(event) => change("from", event.currentTarget.value)}
      />
      <TextField
        label={words.to}
        type="date"
        value={filters.to ?? ""}
        onChange={(event) => change("to", event.currentTarget.value)}
      />
      <Field label={words.state}>
        {(ids) => (
          <select
            {...ids}
            class="input"
            value={filters.active ?? ""}
            onChange={(event) => change("active", event.currentTarget.value)}
          >
            <option value="">{words.anyState}</option>
            <option value="true">{words.active}</option>
            <option value="false">{words.over}</option>
          </select>
        )}
      </Field>
      {Object.keys(filters).length > 0 && (
        <Button look="quiet" icon="close" onClick={clear}>
          {words.clear}
        </Button>
      )}
    </form>
  );
}

function Found({ answer, filters }: { answer: SessionsAnswer; filters: Filters }) {
  const { api } = useDesk();
  const [sessions, setSessions] = useState<readonly SessionTold[]>(answer.sessions);
  const [cursor, setCursor] = useState(answer.next_cursor ?? null);
  const { busy, problem, run } = useTask();
  useEffect(() => {
    setSessions(answer.sessions);
    setCursor(answer.next_cursor ?? null);
  }, [answer]);
  return (
    <>
      <SessionList sessions={sessions} withVisitor />
      {problem && <p class="problem">{problem.words}</p>}
      {cursor && (
        <Button
          busy={busy}
          onClick={() =>
            run(async () => {
              const next = await api("GET /sessions", { query: { ...asked(filters), cursor } });
              setSessions([...sessions, ...next.sessions]);
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
