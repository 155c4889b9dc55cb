/** The list of visitors: who is online, live; or a search among everyone. */
import { batch, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icons.tsx";
import { IconButton } from "../parts/controls.tsx";
import { WORDS } from "../words.ts";
import { Everyone } from "./everyone.tsx";
import { useHeldKeys } from "./held_keys.ts";
import { Online } from "./online.tsx";

type Whom = "online" | "everyone";
/** Long enough not to ask for every letter, short enough to answer while one types. */
const TYPING_MS = 120;

export function Visitors() {
  const [whom, setWhom] = useState<Whom>("online");
  const [search, setSearch] = useState("");
  const typed = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const found = useSignal<number | null>(null);
  /** The search that the list answers which is shown. */
  const answered = useSignal<string | null>(null);
  const answers = useComputed(() => answered.value === typed.value.trim());
  const forgetKeys = useHeldKeys({ answers, list, field, hurry: () => setSearch(typed.value.trim()) });
  useSlash(field);
  useEffect(() => {
    let timer = 0;
    return typed.subscribe((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => setSearch(text.trim()), TYPING_MS) as unknown as number;
    });
  }, [typed]);
  const take = (count: number | null, ofSearch: string | null) =>
    batch(() => {
      found.value = count;
      answered.value = ofSearch;
    });
  const choose = (other: Whom) => {
    take(null, null);
    setWhom(other);
  };
  const List = whom === "online" ? Online : Everyone;
  return (
    <div class="page wide visitors">
      <header class="page-head">
        <h1>{WORDS.visitors.title}</h1>
        <div class="search">
          <Icon name="search" />
          <input
            ref={field}
            class="input"
            type="search"
            aria-label={WORDS.visitors.search}
            placeholder={WORDS.visitors.placeholder}
            autoComplete="off"
            spellcheck={false}
            onInput={(event) => {
              forgetKeys();
              typed.value = event.currentTarget.value;
            }}
          />
          <span class="key" aria-hidden="true">
            /
          </span>
          <IconButton icon="help" name={WORDS.visitors.help} popovertarget="search-help" />
        </div>
        <Choice whom={whom} onChoose={choose} />
      </header>
      <SearchHelp />
      <div class="list-of" ref={list}>
        <List search={search} onAnswered={(count) => take(count, search)} onEveryone={() => choose("everyone")} />
      </div>
      <p class="list-foot">
        <span role="status">
          {found.value === null
            ? ""
            : whom === "online"
              ? WORDS.visitors.foundOnline(found.value)
              : WORDS.visitors.found(found.value)}
        </span>
        <span class="keys-hint">{WORDS.visitors.keys}</span>
      </p>
    </div>
  );
}

function Choice({ whom, onChoose }: { whom: Whom; onChoose: (whom: Whom) => void }) {
  const choices: readonly Whom[] = ["online", "everyone"];
  return (
    <fieldset class="segments">
      <legend class="unseen">{WORDS.visitors.whom}</legend>
      {choices.map((one) => (
        <label key={one}>
          <input type="radio" name="whom" checked={one === whom} onChange={() => onChoose(one)} />
          <span>{WORDS.visitors[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SearchHelp() {
  return (
    <div id="search-help" class="popover search-help" popover="auto">
      <h2>{WORDS.visitors.help}</h2>
      <dl>
        {WORDS.visitors.helpRows.map(([term, meaning]) => (
          <div key={term}>
            <dt>
              <code>{term}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{WORDS.visitors.helpMore}</p>
    </div>
  );
}

/** `/` goes to the search, from wherever nothing is being typed. */
function useSlash(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest("input, textarea, select, dialog");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [field]);
}
