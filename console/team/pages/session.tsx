/** One session: who took part, how it went, and the team's notes about it. */

import { useState } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import type { Note, SessionTold } from "#protocol/console";
import { Button, Field } from "../parts/controls.tsx";
import { Confirm } from "../parts/dialog.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { EndOf } from "../parts/session_list.tsx";
import { Moment, Time } from "../parts/time.tsx";
import { toast } from "../parts/toasts.tsx";
import { useDesk, useMay } from "../state/desk.ts";
import { openReplay, startSession } from "../state/watching.ts";
import { WORDS } from "../words.ts";

const MAX_NOTE = 5000;

export function Page() {
  const { api } = useDesk();
  const id = useRoute().params["id"] ?? "";
  const session = useResource(id, async () => (await api("GET /sessions/{session_id}", { at: [id] })).session);
  return (
    <div class="page">
      <Loaded from={session}>
        {(told) => (
          <>
            <Head told={told} onEnded={session.reload} />
            <div class="columns">
              <Course told={told} />
              <Notes id={id} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Head({ told, onEnded }: { told: SessionTold; onEnded: () => void }) {
  const desk = useDesk();
  const [asksEnd, setAsksEnd] = useState(false);
  const { busy, problem, run } = useTask();
  const runs = told.ended_at === null;
  const mayEnd = useMay("DELETE /sessions/{session_id}") && runs;
  const mayJoin = useMay("POST /visitors/{short_id}/watch") && runs;
  return (
    <header class="page-head">
      <div>
        <h1>{WORDS.session.title}</h1>
        <p class="lead">
          <Moment at={told.started_at} />
        </p>
      </div>
      <div class="page-acts">
        {told.recording && <Recording told={told} onForgotten={onEnded} />}
        {mayEnd && <Button onClick={() => setAsksEnd(true)}>{WORDS.session.end}</Button>}
        {mayJoin && (
          <Button
            look="first"
            icon="watch"
            onClick={async () => {
              const refused = await startSession(desk, told.visitor_id);
              if (refused) toast(refused.words, true);
            }}
          >
            {WORDS.visitors.join}
          </Button>
        )}
      </div>
      {asksEnd && (
        <Confirm
          title={WORDS.session.endTitle}
          detail={WORDS.session.endDetail}
          act={WORDS.session.end}
          busy={busy}
          problem={problem?.words ?? null}
          onClose={() => setAsksEnd(false)}
          onConfirm={() =>
            run(async () => {
              await desk.api("DELETE /sessions/{session_id}", { at: [told.id] });
              setAsksEnd(false);
              toast(WORDS.session.endedNow);
              onEnded();
            })
          }
        />
      )}
    </header>
  );
}

/** What can be done with what was recorded. */
function Recording({ told, onForgotten }: { told: SessionTold; onForgotten: () => void }) {
  const desk = useDesk();
  const words = WORDS.session;
  const [asks, setAsks] = useState(false);
  const { busy, problem, run } = useTask();
  const mayForget = useMay("DELETE /sessions/{session_id}/recording");
  const maySee = useMay("POST /sessions/{session_id}/replay");
  return (
    <>
      {mayForget && <Button onClick={() => setAsks(true)}>{words.forget}</Button>}
      {maySee && (
        <Button
          look="first"
          icon="watch"
          onClick={async () => {
            const refused = await openReplay(desk, told.id);
            if (refused) toast(refused.words, true);
          }}
        >
          {words.replay}
        </Button>
      )}
      {asks && (
        <Confirm
          title={words.forget}
          detail={words.forgetDetail}
          act={words.forget}
          busy={busy}
          problem={problem?.words ?? null}
          onClose={() => setAsks(false)}
          onConfirm={() =>
            run(async () => {
              await desk.api("DELETE /sessions/{session_id}/recording", { at: [told.id] });
              setAsks(false);
              onForgotten();
            })
          }
        />
      )}
    </>
  );
}

function Course({ told }: { told: SessionTold }) {
  const words = WORDS.session;
  const metadata = Object.entries(told.metadata);
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <dl class="facts">
        <div>
          <dt>{words.visitor}</dt>
          <dd>
            <a href={`/console/visitors/${told.visitor_id}`}>{told.visitor_id}</a>
          </dd>
        </div>
        <div>
          <dt>{words.length}</dt>
          <dd class="figures">{told.formatted_length}</dd>
        </div>
        <div>
          <dt>{words.reason}</dt>
          <dd>
            <EndOf session={told} />
          </dd>
        </div>
        {told.features_used.length > 0 && (
          <div>
            <dt>{words.features}</dt>
            <dd>{told.features_used.join(", ")}</dd>
          </div>
        )}
        {metadata.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{String(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{words.agents}</h3>
      {told.agents.length === 0 && <p class="soft">{WORDS.sessions.noAgents}</p>}
      <ul class="bare-list">
        {told.agents.map((agent) => (
          <li key={agent.id}>
            <strong>{agent.name}</strong>
            <span class="soft">
              {agent.joined_at && (
                <>
                  {" "}
                  {words.joined} <Moment at={agent.joined_at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notes({ id }: { id: string }) {
  const { api } = useDesk();
  const notes = useResource(id, async () => (await api("GET /sessions/{session_id}/notes", { at: [id] })).notes);
  const mayWrite = useMay("POST /sessions/{session_id}/notes");
  return (
    <section class="card">
      <h2>{WORDS.session.notes}</h2>
      <Loaded from={notes}>
        {(all) => (
          <>
            {all.length === 0 && <p class="soft">{WORDS.session.noNotes}</p>}
            <ol class="notes">
              {all.map((note) => (
                <li key={note.id}>
                  <p class="note-text">{note.text}</p>
                  <p class="soft">
                    {note.author}, <Time at={note.written_at} />
                  </p>
                </li>
              ))}
            </ol>
            {mayWrite && <Write id={id} onWritten={(note) => notes.put([...all, note])} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Write({ id, onWritten }: { id: string; onWritten: (note: Note) => void }) {
  const { api } = useDesk();
  const [text, setText] = useState("");
  const { busy, problem, run } = useTask();
  const write = () => {
    if (text.trim() === "" || busy) return;
    run(async () => {
      const { note } = await api("POST /sessions/{session_id}/notes", { at: [id], body: { text: text.trim() } });
      setText("");
      onWritten(note);
    });
  };
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <Field label={WORDS.session.write} hint={WORDS.session.writeHint} problem={problem?.words}>
        {(ids) => (
          <textarea
            {...ids}
            class="input"
            rows={3}
            maxLength={MAX_NOTE}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) write();
            }}
          />
        )}
      </Field>
      <Button type="submit" icon="note" busy={busy} disabled={text.trim() === ""}>
        {WORDS.session.add}
      </Button>
    </form>
  );
}
