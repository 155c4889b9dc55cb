/** The secrets by which the team's own systems use the REST API. */
import { useState } from "preact/hooks";
import type { Key, KeyMade, KeysAnswer } from "#protocol/console";
import { Badge, Button, Checks, Copyable, PageHead, TextField } from "../parts/controls.tsx";
import { Confirm, Dialog, Made } from "../parts/dialog.tsx";
import { Empty } from "../parts/empty.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { Time } from "../parts/time.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

type Scope = Key["scopes"][number];
const SCOPES: readonly Scope[] = ["read", "sessions", "proxy", "admin"];

export function Page() {
  const { api } = useDesk();
  const keys = useResource<KeysAnswer>("keys", () => api("GET /keys"));
  const [makes, setMakes] = useState(false);
  const [made, setMade] = useState<KeyMade | null>(null);
  const [revokes, setRevokes] = useState<Key | null>(null);
  return (
    <div class="page">
      <PageHead title={WORDS.keys.title} lead={WORDS.keys.lead}>
        <Button look="first" icon="add" onClick={() => setMakes(true)}>
          {WORDS.keys.make}
        </Button>
      </PageHead>
      <Loaded from={keys}>
        {(told) => (
          <>
            <section class="card">
              <h2>{WORDS.keys.publicKey}</h2>
              <Copyable text={told.public_key} label={WORDS.keys.publicKey} />
              <p class="hint">{WORDS.keys.publicHint}</p>
            </section>
            {told.keys.length === 0 ? (
              <Empty title={WORDS.keys.none} />
            ) : (
              <Table keys={told.keys} onRevoke={setRevokes} />
            )}
          </>
        )}
      </Loaded>
      {makes && (
        <Make
          onClose={() => setMakes(false)}
          onMade={(key) => {
            setMakes(false);
            setMade(key);
            keys.reload();
          }}
        />
      )}
      {made && (
        <Made
          title={WORDS.keys.secretTitle}
          detail={WORDS.keys.secretDetail}
          label={WORDS.keys.secretTitle}
          text={made.secret}
          onClose={() => setMade(null)}
        />
      )}
      {revokes && (
        <Revoke
          of={revokes}
          onClose={() => setRevokes(null)}
          onDone={() => {
            setRevokes(null);
            keys.reload();
          }}
        />
      )}
    </div>
  );
}

function Table({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  return (
    <div class="table-room">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{WORDS.name}</th>
            <th scope="col">{WORDS.keys.scopes}</th>
            <th scope="col">{WORDS.created}</th>
            <th scope="col">{WORDS.keys.used}</th>
            <th scope="col">
              <span class="unseen">{WORDS.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} class={key.revoked_at ? "pending" : ""}>
              <td data-head={WORDS.name}>
                <strong>{key.name}</strong>
              </td>
              <td data-head={WORDS.keys.scopes}>{key.scopes.join(", ")}</td>
              <td class="soft" data-head={WORDS.created}>
                <Time at={key.created_at} />
              </td>
              <td class="soft" data-head={WORDS.keys.used}>
                <Time at={key.last_used_at} />
              </td>
              <td class="acts">
                {key.revoked_at ? (
                  <Badge>{WORDS.keys.revoked}</Badge>
                ) : (
                  <Button look="quiet" onClick={() => onRevoke(key)} aria-label={`${WORDS.keys.revoke} ${key.name}`}>
                    {WORDS.keys.revoke}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Make({ onClose, onMade }: { onClose: () => void; onMade: (key: KeyMade) => void }) {
  const { api } = useDesk();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read", "sessions"]);
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => onMade(await api("POST /keys", { body: { name, scopes: [...scopes] } })));
  };
  return (
    <Dialog title={WORDS.keys.makeTitle} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField
          label={WORDS.name}
          required
          maxLength={200}
          value={name}
          onText={setName}
          hint={WORDS.keys.nameHint}
        />
        <Checks
          legend={WORDS.keys.scopes}
          names={SCOPES}
          chosen={scopes}
          onChosen={setScopes}
          wordsOf={(scope) => WORDS.keys.scopeWords[scope]}
        />
        {problem && (
          <p class="problem" role="alert">
            {problem.words}
          </p>
        )}
        <footer>
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button type="submit" look="first" busy={busy} disabled={scopes.length === 0}>
            {WORDS.keys.make}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Revoke({ of, onClose, onDone }: { of: Key; onClose: () => void; onDone: () => void }) {
  const { api } = useDesk();
  const { busy, problem, run } = useTask();
  return (
    <Confirm
      title={WORDS.keys.revokeTitle(of.name)}
      detail={WORDS.keys.revokeDetail}
      act={WORDS.keys.revoke}
      busy={busy}
      problem={problem?.words ?? null}
      onClose={onClose}
      onConfirm={() =>
        run(async () => {
          await api("DELETE /keys/{key_id}", { at: [of.id] });
          onDone();
        })
      }
    />
  );
}
