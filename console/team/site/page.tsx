/** A link to a site that cannot carry our script: the visitor opens it, and can be helped there. */
import { useState } from "preact/hooks";
import { Button, PageHead, TextField } from "../parts/controls.tsx";
import { Made } from "../parts/dialog.tsx";
import { useTask } from "../parts/resource.tsx";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const [address, setAddress] = useState("");
  const [id, setId] = useState("");
  const [link, setLink] = useState("");
  const { busy, problem, run } = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const initial_url = /^https?:\/\//i.test(address) ? address : `https://${address}`;
      setLink((await api("POST /proxy_sessions", { body: { initial_url, ...(id && { unique_id: id }) } })).url);
    });
  };
  const wrong = problem?.fields["initial_url"];
  return (
    <div class="page narrow">
      <PageHead title={WORDS.site.title} lead={WORDS.site.lead} />
      <form class="card" onSubmit={submit}>
        <TextField
          label={WORDS.site.address}
          name="address"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          required
          maxLength={1990}
          value={address}
          onText={(text) => setAddress(text.trim())}
          problem={wrong}
        />
        <TextField
          label={WORDS.site.id}
          name="id"
          autoComplete="off"
          maxLength={200}
          value={id}
          onText={setId}
          hint={WORDS.site.idHint}
        />
        {problem && !wrong && (
          <p class="problem" role="alert">
            {problem.words}
          </p>
        )}
        <Button type="submit" look="first" busy={busy}>
          {WORDS.site.act}
        </Button>
      </form>
      {link && (
        <Made
          title={WORDS.site.link}
          detail={WORDS.site.linkDetail}
          label={WORDS.site.link}
          text={link}
          onClose={() => setLink("")}
        />
      )}
    </div>
  );
}
