/** Log in by password, or by the team's own provider. */
import { useState } from "preact/hooks";
import type { LogInOptions } from "#protocol/console";
import { Mark } from "../icons.tsx";
import { Button, TextField } from "../parts/controls.tsx";
import { useResource, useTask } from "../parts/resource.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const desk = useDesk();
  const options = useResource<LogInOptions>("log-in", () => desk.api("GET /log-in"));
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, run } = useTask();
  const oidc = options.data?.oidc;
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      desk.me.value = await desk.api("POST /log-in", { body: { email, password } });
      desk.gone.value = null;
    });
  };
  const atProvider = () =>
    run(async () => {
      location.assign((await desk.api("POST /log-in/oidc")).url);
    });
  return (
    <main class="threshold">
      <form class="panel" onSubmit={submit}>
        <Mark size={40} />
        <h1>{WORDS.logIn.title}</h1>
        <p class="lead">{leadOf(desk.gone.value)}</p>
        {options.data?.has_members === false && <p class="notice">{WORDS.logIn.noMembers}</p>}
        {oidc && (
          <>
            <Button look="first" busy={busy} onClick={atProvider}>
              {WORDS.logIn.with(oidc.name)}
            </Button>
            <p class="or">
              <span>{WORDS.logIn.or}</span>
            </p>
          </>
        )}
        <TextField
          label={WORDS.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onText={setEmail}
        />
        <TextField
          label={WORDS.password}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onText={setPassword}
          hint={WORDS.logIn.forgotten}
        />
        {problem && (
          <p class="problem" role="alert">
            {problem.words}
          </p>
        )}
        <Button type="submit" look={oidc ? "plain" : "first"} busy={busy}>
          {WORDS.logIn.act}
        </Button>
      </form>
    </main>
  );
}

function leadOf(gone: "ended" | "left" | null): string {
  if (gone === "ended") return WORDS.logIn.ended;
  return gone === "left" ? WORDS.logIn.loggedOut : WORDS.logIn.lead;
}
