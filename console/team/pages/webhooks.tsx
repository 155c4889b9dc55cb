/** Addresses that are told what happens. */
import { useState } from "preact/hooks";
import type { WebhookBody, WebhookMade, WebhooksAnswer, WebhookTold } from "#protocol/console";
import { Button, Checks, IconButton, PageHead, TextField } from "../parts/controls.tsx";
import { Confirm, Dialog, Made } from "../parts/dialog.tsx";
import { Empty } from "../parts/empty.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { Time } from "../parts/time.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

type EventName = NonNullable<WebhookBody["events"]>[number];
const EVENTS: readonly EventName[] = [
  "session.requested",
  "session.started",
  "session.ended",
  "visitor.online",
  "visitor.offline",
  "recording.ready",
];

export function Page() {
  const { api } = useDesk();
  const webhooks = useResource<WebhooksAnswer>("webhooks", () => api("GET /webhooks"));
  const [makes, setMakes] = useState(false);
  const [made, setMade] = useState<WebhookMade | null>(null);
  const [removes, setRemoves] = useState<WebhookTold | null>(null);
  return (
    <div class="page">
      <PageHead title={WORDS.webhooks.title} lead={WORDS.webhooks.lead}>
        <Button look="first" icon="add" onClick={() => setMakes(true)}>
          {WORDS.webhooks.make}
        </Button>
      </PageHead>
      <Loaded from={webhooks}>
        {(told) =>
          told.webhooks.length === 0 ? (
            <Empty title={WORDS.webhooks.none} detail={WORDS.webhooks.noneDetail} />
          ) : (
            <Table webhooks={told.webhooks} onRemove={setRemoves} />
          )
        }
      </Loaded>
      {makes && (
        <Make
          onClose={() => setMakes(false)}
          onMade={(webhook) => {
            setMakes(false);
            setMade(webhook);
            webhooks.reload();
          }}
        />
      )}
      {made && (
        <Made
          title={WORDS.webhooks.secretTitle}
          detail={WORDS.webhooks.secretDetail}
          label={WORDS.webhooks.secretTitle}
          text={made.secret}
          onClose={() => setMade(null)}
        />
      )}
      {removes && (
        <Remove
          of={removes}
          onClose={() => setRemoves(null)}
          onDone={() => {
            setRemoves(null);
            webhooks.reload();
          }}
        />
      )}
    </div>
  );
}

function Table({ webhooks, onRemove }: { webhooks: readonly WebhookTold[]; onRemove: (webhook: WebhookTold) => void }) {
  return (
    <div class="table-room">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{WORDS.webhooks.url}</th>
            <th scope="col">{WORDS.webhooks.events}</th>
            <th scope="col">{WORDS.created}</th>
            <th scope="col">
              <span class="unseen">{WORDS.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {webhooks.map((webhook) => (
            <tr key={webhook.id}>
              <td class="address" data-head={WORDS.webhooks.url}>
                <bdi>{webhook.url}</bdi>
              </td>
              <td data-head={WORDS.webhooks.events}>{webhook.events.join(", ") || WORDS.webhooks.all}</td>
              <td class="soft" data-head={WORDS.created}>
                <Time at={webhook.created_at} />
              </td>
              <td class="acts">
                <IconButton
                  icon="trash"
                  name={`${WORDS.webhooks.remove} ${webhook.url}`}
                  onClick={() => onRemove(webhook)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Make({ onClose, onMade }: { onClose: () => void; onMade: (webhook: WebhookMade) => void }) {
  const { api } = useDesk();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly EventName[]>([]);
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => onMade(await api("POST /webhooks", { body: { url, events: [...events] } })));
  };
  return (
    <Dialog title={WORDS.webhooks.make} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField
          label={WORDS.webhooks.url}
          type="url"
          required
          placeholder="https://"
          value={url}
          onText={setUrl}
          hint={WORDS.webhooks.urlHint}
          problem={problem?.fields["url"]}
        />
        <Checks
          legend={WORDS.webhooks.events}
          names={EVENTS}
          chosen={events}
          onChosen={setEvents}
          wordsOf={(name) => <code>{name}</code>}
        >
          <p class="hint">{WORDS.webhooks.allHint}</p>
        </Checks>
        {problem && (
          <p class="problem" role="alert">
            {problem.words}
          </p>
        )}
        <footer>
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button type="submit" look="first" busy={busy}>
            {WORDS.webhooks.make}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Remove({ of, onClose, onDone }: { of: WebhookTold; onClose: () => void; onDone: () => void }) {
  const { api } = useDesk();
  const { busy, problem, run } = useTask();
  return (
    <Confirm
      title={WORDS.webhooks.removeTitle}
      detail={`${of.url}. ${WORDS.webhooks.removeDetail}`}
      act={WORDS.webhooks.remove}
      busy={busy}
      problem={problem?.words ?? null}
      onClose={onClose}
      onConfirm={() =>
        run(async () => {
          await api("DELETE /webhooks/{webhook_id}", { at: [of.id] });
          onDone();
        })
      }
    />
  );
}
