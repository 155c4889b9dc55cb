/** One's own name and password. */
import { useState } from "preact/hooks";
import { chooseLanguage, chosenLanguage, LANGUAGES, ownNameOf } from "../languages.ts";
import { Button, Field, PageHead, TextField } from "../parts/controls.tsx";
import { useTask } from "../parts/resource.tsx";
import { toast } from "../parts/toasts.tsx";
import { useDesk, useMay, useMe } from "../state/desk.ts";
import { WORDS } from "../words.ts";

const MIN_PASSWORD = 12;

export function Page() {
  const { member } = useMe();
  const mayRename = useMay("PATCH /me");
  return (
    <div class="page narrow">
      <PageHead title={WORDS.nav.account} lead={`${member.email} · ${WORDS.roles[member.role]}`} />
      {mayRename && <NameForm />}
      <LanguageForm />
      {member.has_password && <PasswordForm />}
    </div>
  );
}

function NameForm() {
  const desk = useDesk();
  const [name, setName] = useState(useMe().member.name);
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      desk.me.value = await desk.api("PATCH /me", { body: { name } });
      toast(WORDS.saved);
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <TextField
        label={WORDS.name}
        hint={WORDS.account.nameHint}
        required
        maxLength={200}
        autoComplete="name"
        value={name}
        onText={setName}
        problem={problem?.words}
      />
      <Button type="submit" busy={busy}>
        {WORDS.account.rename}
      </Button>
    </form>
  );
}

function LanguageForm() {
  return (
    <section class="card">
      <Field label={WORDS.account.language} hint={WORDS.account.languageHint}>
        {(ids) => (
          <select
            {...ids}
            class="input"
            value={chosenLanguage() ?? ""}
            onChange={(event) => chooseLanguage(event.currentTarget.value || null)}
          >
            <option value="">{WORDS.account.ofBrowser}</option>
            {Object.keys(LANGUAGES).map((language) => (
              <option key={language} value={language} lang={language}>
                {ownNameOf(language)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  );
}

function PasswordForm() {
  const desk = useDesk();
  const { email } = useMe().member;
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      desk.me.value = await desk.api("POST /me/password", { body: { current, password } });
      setCurrent("");
      setPassword("");
      toast(WORDS.account.changed);
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <h2>{WORDS.password}</h2>
      {/* Password managers want to know whose it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label={WORDS.account.current}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        onText={setCurrent}
        problem={problem?.fields["current"]}
      />
      <TextField
        label={WORDS.account.next}
        type="password"
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
      <Button type="submit" busy={busy}>
        {WORDS.account.change}
      </Button>
    </form>
  );
}
