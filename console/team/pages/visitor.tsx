/** One visitor: who they are, what they look at, what was done with them before. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso/router";
import type { VisitorRow, VisitorTold } from "#protocol/console";
import { Badge, Button, IconButton } from "../parts/controls.tsx";
import { Confirm } from "../parts/dialog.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { SessionList } from "../parts/session_list.tsx";
import { Moment, Time } from "../parts/time.tsx";
import { toast } from "../parts/toasts.tsx";
import { useDesk, useMay } from "../state/desk.ts";
import { startSession } from "../state/watching.ts";
import { addressOf, deviceOf, nameOf } from "../visitors/shown.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const { params } = useRoute();
  const id = params["id"] ?? "";
  const visitor = useResource(id, async () => (await api("GET /visitors/{short_id}", { at: [id] })).visitor);
  const row = useRow(id);
  const { reload } = visitor;
  const online = row !== null;
  const session = row?.session_id ?? null;
  const page = row?.url;
  const seen = useRef(false);
  // What is stored changes when they come, go, turn a page, or a session begins or ends.
  // Each of these means there is news.
  useEffect(() => {
    if (seen.current) reload();
    seen.current = true;
  }, [online, session, page, reload]);
  return (
    <div class="page">
      <Loaded from={visitor}>{(told) => <Shown told={told} row={row} />}</Loaded>
    </div>
  );
}

let asks = 1_000_000;

/** The visitor as the live list knows them; null while they are offline. */
function useRow(id: string): VisitorRow | null {
  const socket = useDesk().socket.value;
  const [row, setRow] = useState<VisitorRow | null>(null);
  useEffect(() => {
    let rows = new Map<string, VisitorRow>();
    asks += 1;
    setRow(null);
    socket?.watch("visitors", { type: "list_visitors", ask: asks, search: id, first: 0, count: 5 }, (told) => {
      for (const one of told.rows) rows.set(one.short_id, one);
      rows = new Map(told.order.flatMap((one) => (rows.has(one) ? [[one, rows.get(one) as VisitorRow]] : [])));
      setRow(rows.get(id) ?? null);
    });
    return () => socket?.stop("visitors");
  }, [id, socket]);
  return row;
}

function Shown({ told, row }: { told: VisitorTold; row: VisitorRow | null }) {
  const isOnline = row !== null || told.is_online;
  const name = nameOf(told);
  const url = row?.url ?? told.last_url;
  const title = row?.title ?? told.last_title;
  return (
    <>
      <header class="page-head">
        <div>
          <h1>
            <span class={`dot ${isOnline ? "live" : ""}`} /> {name}
          </h1>
          <p class="lead">
            {isOnline ? WORDS.visitor.online : WORDS.visitor.offline}
            {row?.waits_for_agent && <Badge look="warn">{WORDS.visitors.waits}</Badge>}
            {row?.phase && (
              <Badge look="accent">
                {WORDS.phases[row.phase]} {row.agents.length > 0 && WORDS.visitors.with(row.agents.join(", "))}
              </Badge>
            )}
          </p>
        </div>
        <Acts told={told} inSession={row ? row.session_id !== null : told.is_in_session} isOnline={isOnline} />
      </header>
      {row?.agent_prompt && <p class="notice">{row.agent_prompt}</p>}
      {url && (
        <section class="card now">
          <h2>{isOnline ? WORDS.visitor.now : WORDS.visitor.last}</h2>
          <p>
            <strong>{title}</strong>
          </p>
          <p class="soft address">
            <bdi>{addressOf(url)}</bdi>
          </p>
        </section>
      )}
      <div class="columns">
        <About told={told} />
        <Pages told={told} />
      </div>
      <section class="card">
        <h2>{WORDS.visitor.sessions}</h2>
        {told.sessions.length > 0 ? (
          <SessionList sessions={told.sessions} />
        ) : (
          <p class="soft">{WORDS.visitor.noSessions}</p>
        )}
      </section>
    </>
  );
}

function Acts({ told, inSession, isOnline }: { told: VisitorTold; inSession: boolean; isOnline: boolean }) {
  const desk = useDesk();
  const { route, query } = useLocation();
  const [asksErase, setAsksErase] = useState(false);
  const start = useTask();
  const erase = useTask();
  const mayStart = useMay("POST /visitors/{short_id}/watch");
  const mayErase = useMay("DELETE /visitors/{short_id}");
  const name = nameOf(told);
  return (
    <div class="page-acts">
      {mayErase && <IconButton icon="trash" name={WORDS.visitor.erase} onClick={() => setAsksErase(true)} />}
      {mayStart && (
        <Button
          look="first"
          icon="watch"
          busy={start.busy}
          // Who came here by a code wants to begin: Enter does.
          focused={"code" in query}
          title={isOnline ? undefined : WORDS.visitor.offlineStart}
          onClick={() =>
            start.run(async () => {
              const problem = await startSession(desk, told.short_id);
              if (problem) toast(problem.words, true);
            })
          }
        >
          {inSession ? WORDS.visitors.join : WORDS.visitors.start}
        </Button>
      )}
      {asksErase && (
        <Confirm
          title={WORDS.visitor.eraseTitle(name)}
          detail={WORDS.visitor.eraseDetail}
          act={WORDS.visitor.erase}
          busy={erase.busy}
          problem={erase.problem?.words ?? null}
          onClose={() => setAsksErase(false)}
          onConfirm={() =>
            erase.run(async () => {
              await desk.api("DELETE /visitors/{short_id}", { at: [told.short_id] });
              toast(WORDS.visitor.erased);
              route("/console");
            })
          }
        />
      )}
    </div>
  );
}

function About({ told }: { told: VisitorTold }) {
  const words = WORDS.visitor;
  const place = [told.location_city, told.location_country_name].filter(Boolean).join(", ");
  const facts: [string, string | null][] = [
    [words.identities, told.identities.join(", ")],
    [words.uniqueId, told.unique_id],
    [words.shortId, told.short_id],
    [words.place, place],
    [words.device, deviceOf(told.browser_name, told.device_type)],
    [words.ip, told.ip_address],
    [words.integrations, told.integration_ids.join(", ")],
  ];
  const metadata = Object.entries(told.metadata);
  return (
    <section class="card">
      <h2>{words.about}</h2>
      <dl class="facts">
        {facts.map(([name, value]) => value && <Fact key={name} name={name} value={value} />)}
        {told.tags.length > 0 && (
          <div>
            <dt>{words.tags}</dt>
            <dd>
              {told.tags.map((tag) => (
                <span key={tag} class="tag">
                  {tag}
                </span>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>{words.first}</dt>
          <dd>
            <Time at={told.first_seen_at} />
          </dd>
        </div>
        <div>
          <dt>{words.seen}</dt>
          <dd>
            <Time at={told.last_seen_at} />
          </dd>
        </div>
      </dl>
      {metadata.length > 0 && (
        <>
          <h3>{words.metadata}</h3>
          <dl class="facts">
            {metadata.map(([name, value]) => (
              <Fact key={name} name={name} value={String(value)} />
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

function Pages({ told }: { told: VisitorTold }) {
  const views = told.pageviews ?? [];
  return (
    <section class="card">
      <h2>{WORDS.visitor.pages}</h2>
      {views.length === 0 && <p class="soft">{WORDS.visitor.noPages}</p>}
      <ol class="timeline">
        {views.map((view) => (
          <li key={`${view.viewed_at} ${view.url}`}>
            <Moment at={view.viewed_at} />
            <span class="two">
              <span class="first-line">{view.title}</span>
              <span class="second-line">
                <bdi>{addressOf(view.url)}</bdi>
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
