/** What holds for every page with the team's snippet. Changes are kept together, and saved at once. */
import { useMemo, useState } from "preact/hooks";
import type { SettingsAnswer } from "#protocol/console";
import { Button, Copyable, Field, PageHead } from "../parts/controls.tsx";
import { Loaded, useResource, useTask } from "../parts/resource.tsx";
import { toast } from "../parts/toasts.tsx";
import { Setting } from "../settings/field.tsx";
import { badSelector, changesOf, type Draft, GROUPS, linesOf, type SettingGroup } from "../settings/fields.ts";
import { ConsentPreview, MaskPreview } from "../settings/previews.tsx";
import { TeamForm } from "../settings/team.tsx";
import { useDesk, useMay, useMe } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const settings = useResource<SettingsAnswer>("settings", () => api("GET /settings"));
  const mayChange = useMay("PATCH /settings");
  return (
    <div class="page">
      <PageHead title={WORDS.settings.title} lead={mayChange ? WORDS.settings.lead : WORDS.settings.readOnly} />
      <TeamForm />
      <Snippet />
      <Loaded from={settings}>{(kept) => <Form kept={kept} isLocked={!mayChange} onSaved={settings.put} />}</Loaded>
    </div>
  );
}

function Snippet() {
  const me = useMe();
  // As in docs/integrate.md; on one line, so that it can be copied from one.
  const stub = "window.Upscope = window.Upscope || function () { (Upscope.q = Upscope.q || []).push(arguments); };";
  const text = `<script>${stub} Upscope("init", {});</script><script async src="${me.address}/${me.team.public_key}.js"></script>`;
  return (
    <section class="card">
      <h2>{WORDS.settings.snippet}</h2>
      <Copyable text={text} label={WORDS.settings.snippet} />
      <p class="hint">{WORDS.settings.snippetHint}</p>
    </section>
  );
}

interface FormProps {
  kept: SettingsAnswer;
  isLocked: boolean;
  onSaved: (kept: SettingsAnswer) => void;
}

function Form({ kept, isLocked, onSaved }: FormProps) {
  const { api } = useDesk();
  const [draft, setDraft] = useState<Draft>(kept.settings);
  const [domains, setDomains] = useState<readonly string[]>(kept.allowed_domains);
  // Text areas of lines begin anew when all is discarded.
  const [round, setRound] = useState(0);
  const { busy, problem, run } = useTask();
  const changes = useMemo(() => changesOf(kept.settings, draft), [kept, draft]);
  const domainsChanged = domains.join("\n") !== kept.allowed_domains.join("\n");
  const many = Object.keys(changes).length + Number(domainsChanged);
  const hasBad = [draft.maskedElements, draft.unmaskedElements, draft.noRemoteElements].some(
    (lines) => badSelector(lines as string[] | undefined) !== null,
  );
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const body = { settings: changes, ...(domainsChanged && { allowed_domains: [...domains] }) };
      onSaved(await api("PATCH /settings", { body }));
      toast(WORDS.saved);
    });
  };
  const discard = () => {
    setDraft(kept.settings);
    setDomains(kept.allowed_domains);
    setRound(round + 1);
  };
  return (
    <form class="settings" onSubmit={save} key={round}>
      {GROUPS.map((group) => (
        <Group
          key={group.key}
          group={group}
          draft={draft}
          isLocked={isLocked}
          problems={problem?.fields ?? {}}
          change={(name, value) => setDraft((had) => ({ ...had, [name]: value }))}
        />
      ))}
      <section class="card">
        <h2>{WORDS.settings.domains}</h2>
        <Field
          label={WORDS.settings.allowedDomains}
          hint={WORDS.settings.onePerLineDomain}
          problem={problem?.fields["allowed_domains"]}
        >
          {(ids) => (
            <textarea
              {...ids}
              class="input code"
              rows={3}
              spellcheck={false}
              readOnly={isLocked}
              defaultValue={domains.join("\n")}
              onInput={(event) => setDomains(linesOf(event.currentTarget.value) ?? [])}
            />
          )}
        </Field>
      </section>
      {many > 0 && (
        <div class="save-bar">
          <span role="status">{WORDS.settings.changedFields(many)}</span>
          {problem && <span class="problem">{problem.words}</span>}
          <Button onClick={discard}>{WORDS.settings.reset}</Button>
          <Button type="submit" look="first" busy={busy} disabled={hasBad}>
            {WORDS.save}
          </Button>
        </div>
      )}
    </form>
  );
}

interface GroupProps {
  group: SettingGroup;
  draft: Draft;
  isLocked: boolean;
  problems: Readonly<Record<string, string>>;
  change: (name: SettingGroup["fields"][number]["name"], value: unknown) => void;
}

function Group({ group, draft, isLocked, problems, change }: GroupProps) {
  const [title, lead] = WORDS.settings.groups[group.key];
  return (
    <section class="card">
      <h2>{title}</h2>
      {lead && <p class="lead">{lead}</p>}
      <div class="setting-group">
        <div class="setting-fields">
          {group.fields.map((field) => (
            <Setting
              key={field.name}
              field={field}
              draft={draft}
              isLocked={isLocked}
              problem={problems[`settings.${field.name}`]}
              change={change}
            />
          ))}
        </div>
        {group.key === "masks" && <MaskPreview draft={draft} />}
        {group.key === "consent" && <ConsentPreview draft={draft} />}
      </div>
    </section>
  );
}
