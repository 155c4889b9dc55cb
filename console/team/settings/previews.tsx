/** What settings come to, at once: the card that a visitor is asked by, and a piece of a page as agents see it. */
import { useMemo, useState } from "preact/hooks";
import { Field } from "../parts/controls.tsx";
import { useMe } from "../state/desk.ts";
import { WORDS } from "../words.ts";
import type { Draft } from "./fields.ts";
import { type Seen, seenByAgents } from "./masking.ts";

/** As `sdk/consent` fills it in, with this member as the agent. */
function filled(text: string, agentName: string): string {
  const facts: Record<string, string> = { agentName, currentDomain: "shop.example", lookupCode: "4711" };
  return text.replace(
    /\{%(\w+)%(?:\|([^}]*))?\}/g,
    (whole, name: string, rest?: string) => facts[name] ?? rest ?? whole,
  );
}

export function ConsentPreview({ draft }: { draft: Draft }) {
  const { name } = useMe().member;
  const text = (key: keyof Draft, otherwise: string) => filled((draft[key] as string | undefined) || otherwise, name);
  const words = WORDS.settings.card;
  if (draft.requireAuthorizationForSession === false) return <p class="notice">{words.notAsked}</p>;
  return (
    <figure class="preview">
      <figcaption>{WORDS.settings.preview}</figcaption>
      <div class="preview-page" inert>
        <div class="preview-card">
          <strong>{text("authorizationPromptTitle", words.title)}</strong>
          <p>{text("authorizationPromptMessage", words.message)}</p>
          <div>
            <span>{text("translationsNo", words.no)}</span>
            <span class="yes">{text("translationsYes", words.yes)}</span>
          </div>
        </div>
      </div>
    </figure>
  );
}

export function MaskPreview({ draft }: { draft: Draft }) {
  const [html, setHtml] = useState(WORDS.settings.maskSample);
  const rules = JSON.stringify([draft.maskedElements, draft.unmaskedElements, draft.maskAll]);
  // The rules stand for the draft.
  const seen = useMemo(() => seenByAgents(html, draft), [html, rules]);
  return (
    <figure class="preview mask-preview">
      <figcaption>{WORDS.settings.maskPreview}</figcaption>
      <Field label={WORDS.settings.maskTry}>
        {(ids) => (
          <textarea
            {...ids}
            class="input code"
            rows={6}
            spellcheck={false}
            value={html}
            onInput={(event) => setHtml(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="mask-seen" role="img" aria-label={WORDS.settings.maskSaid(countMasked(seen))}>
        <Nodes of={seen} />
      </div>
    </figure>
  );
}

function Nodes({ of }: { of: readonly Seen[] }) {
  return (
    <>
      {of.map((node, index) => {
        if (node.kind === "text") return <span key={index}>{node.text} </span>;
        if (node.kind === "hidden")
          return <span key={index} class="mask-block" style={{ inlineSize: `${node.size}ch` }} />;
        return (
          <div key={index} class="mask-element">
            <code>{node.name}</code> <Nodes of={node.children} />
          </div>
        );
      })}
    </>
  );
}

const countMasked = (seen: readonly Seen[]): number =>
  seen.reduce(
    (sum, node) => sum + (node.kind === "hidden" ? 1 : node.kind === "element" ? countMasked(node.children) : 0),
    0,
  );
