/** The sessions that run now: up to nine at a glance, with their pictures if the agent wants to look in. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { SessionRow } from "#protocol/console";
import { Icon } from "../icons.tsx";
import { Badge, PageHead, Switch } from "../parts/controls.tsx";
import { Empty } from "../parts/empty.tsx";
import { LivePicture } from "../parts/live_picture.tsx";
import { Time } from "../parts/time.tsx";
import { toast } from "../parts/toasts.tsx";
import { useDesk, useMay } from "../state/desk.ts";
import { startSession } from "../state/watching.ts";
import { ListWindow } from "../state/window.ts";
import { addressOf } from "../visitors/shown.ts";
import { WORDS } from "../words.ts";

const MOST = 9;
let asks = 0;

export function Page() {
  const socket = useDesk().socket.value;
  const [pictures, setPictures] = useState(false);
  const mayLook = useMay("POST /visitors/{short_id}/watch");
  const list = useMemo(() => new ListWindow<SessionRow>((row) => row.id), []);
  useEffect(() => {
    asks += 1;
    socket?.watch("sessions", { type: "list_sessions", ask: asks, first: 0, count: MOST }, (told) => list.take(told));
    return () => socket?.stop("sessions");
  }, [list, socket]);
  const total = list.total.value;
  // Rows are read below by their places, which change with it.
  list.version.value;
  if (total === 0) {
    return (
      <div class="page wide">
        <PageHead title={WORDS.live.title} />
        <Empty title={WORDS.live.none} detail={WORDS.live.noneDetail} />
      </div>
    );
  }
  const rows = Array.from({ length: Math.min(total ?? 0, MOST) }, (_, index) => list.at(index));
  return (
    <div class="page wide">
      <PageHead title={WORDS.live.title} lead={total !== null && WORDS.live.lead(total)}>
        {mayLook && (
          <Switch label={WORDS.live.pictures} hint={WORDS.live.picturesHint} on={pictures} onChange={setPictures} />
        )}
      </PageHead>
      <ul class="wall">{rows.map((row) => row && <Tile key={row.value.id} row={row.value} picture={pictures} />)}</ul>
      {total !== null && total > MOST && <p class="soft">{WORDS.live.more(total - MOST)}</p>}
    </div>
  );
}

function Tile({ row, picture }: { row: SessionRow; picture: boolean }) {
  const desk = useDesk();
  const mayJoin = useMay("POST /visitors/{short_id}/watch");
  const join = async () => {
    const problem = await startSession(desk, row.short_id);
    if (problem) toast(problem.words, true);
  };
  return (
    <li class="tile">
      {picture && <LivePicture shortId={row.short_id} name={row.visitor_name} />}
      <div class="tile-words">
        <p class="first-line">
          <span class={`dot ${row.phase === "live" ? "live" : "warn"}`} />
          <a href={`/console/sessions/${row.id}`}>{row.visitor_name}</a>
          <Badge look={row.phase === "live" ? "accent" : "soft"}>{WORDS.phases[row.phase]}</Badge>
        </p>
        <p class="second-line">
          {row.title} <bdi>{addressOf(row.url)}</bdi>
        </p>
        <p class="second-line">
          {row.agents.length === 0 && WORDS.live.waitsForAgents}
          {row.agents.map((agent) => (
            <span key={agent.name} class="with-color">
              <span class="dot" style={{ background: agent.color }} />
              {agent.name}
            </span>
          ))}
          <Time at={row.went_live_at ?? row.started_at} />
        </p>
      </div>
      {mayJoin && (
        <button
          type="button"
          class="button small"
          aria-label={WORDS.visitors.joinWith(row.visitor_name)}
          onClick={join}
        >
          <Icon name="watch" />
          <span>{WORDS.visitors.join}</span>
        </button>
      )}
    </li>
  );
}
