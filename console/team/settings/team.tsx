/** What the team is called. */
import { useState } from "preact/hooks";
import { Button, TextField } from "../parts/controls.tsx";
import { useTask } from "../parts/resource.tsx";
import { toast } from "../parts/toasts.tsx";
import { useDesk, useMay, useMe } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function TeamForm() {
  const desk = useDesk();
  const me = useMe();
  const [name, setName] = useState(me.team.name);
  const { busy, problem, run } = useTask();
  const isLocked = !useMay("PATCH /team");
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      desk.me.value = await desk.api("PATCH /team", { body: { name } });
      toast(WORDS.saved);
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <h2>{WORDS.settings.team}</h2>
      <TextField
        label={WORDS.settings.teamName}
        hint={WORDS.settings.teamHint}
        required
        maxLength={200}
        readOnly={isLocked}
        value={name}
        onText={setName}
        problem={problem?.fields["name"] ?? problem?.words}
      />
      {!isLocked && name !== me.team.name && (
        <Button type="submit" busy={busy}>
          {WORDS.settings.rename}
        </Button>
      )}
    </form>
  );
}
