/** Behind a one-time link: become a member, or choose a new password. The secret stands after `#` and never reaches a log. */

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { InvitationLook } from "#protocol/console";
import { Mark } from "../icons.tsx";
import { Button, TextField } from "../parts/controls.tsx";
import { useResource, useTask } from "../parts/resource.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

const MIN_PASSWORD = 12;

export function Page() {
  const { api } = useDesk();
  const [token] = useState(() => location.hash.slice(1));
  const look = useResource<InvitationLook>(token, () => api("POST /invitation", { body: { token } }));
  return (
    <main class="threshold">
      {look.data ? (
        <Form token={token} look={look.data} />
      ) : (
        <section class="panel">
          <Mark size={40} />
          <h1>{look.problem ? WORDS.join.gone : WORDS.join.looking}</h1>
          {look.problem && (
            <>
              <p class="lead">{look.problem.canRetry ? look.problem.words : WORDS.join.goneDetail}</p>
              {look.problem.canRetry && <Button onClick={look.reload}>{WORDS.tryAgain}</Button>}
              <a class="button" href="/console">
                {WORDS.join.toLogIn}
              </a>
            </>
          )}
        </section>
      )}
    </main>
  );
}

function Form({ token, look }: { token: string; look: InvitationLook }) {
  const desk = useDesk();
  const { route } = useLocation();
  const [name, setName] = useState(look.name ?? "");
  const [email, setEmail] = useState(look.email ?? "");
  const [password, setPassword] = useState("");
  const { busy, problem, run } = useTask();
  const renews = look.renews_password;
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body = {
        token,
        password,
        ...(!renews && !look.name && { name }),
        ...(!renews && !look.email && { email }),
      };
      desk.me.value = await desk.api("POST /join", { body });
      desk.gone.value = null;
      route("/console", true);
    });
  };
  return (
    <form class="panel" onSubmit={submit}>
      <Mark size={40} />
      <h1>{renews ? WORDS.join.renew : WORDS.join.title(look.team_name)}</h1>
      <p class="lead">{renews ? WORDS.join.renewLead : WORDS.join.lead(WORDS.roleWords[look.role])}</p>
      {!renews && (
        <TextField
          label={WORDS.name}
          name="name"
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          readOnly={look.name !== null}
          onText={setName}
          problem={problem?.fields["name"]}
        />
      )}
      <TextField
        label={WORDS.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        readOnly={look.email !== null}
        onText={setEmail}
        problem={problem?.fields["email"]}
      />
      <TextField
        label={WORDS.password}
        type="password"
        name="password"
        autoComplete="new-password"
        required
        minLength={MIN_PASSWORD}
        value={password}
        onText={setPassword}
        hint={WORDS.join.passwordHint}
        problem={problem?.fields["password"]}
      />
      {problem && (
        <p class="problem" role="alert">
          {problem.words}
        </p>
      )}
      <Button type="submit" look="first" busy={busy}>
        {renews ? WORDS.join.renewAct : WORDS.join.act}
      </Button>
    </form>
  );
}
