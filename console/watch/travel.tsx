/** Back, forward, load again, and the address to type another into (A2): for agents who may take the visitor elsewhere. */
import { useState } from "preact/hooks";
import { addressOf } from "./address.ts";
import type { Actions } from "./connection.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Speech } from "./speech.ts";
import type { State } from "./state.ts";

const WAYS: readonly { to: "back" | "forward" | "reload"; icon: IconName; name: "back" | "forward" | "reload" }[] = [
  { to: "back", icon: "back", name: "back" },
  { to: "forward", icon: "forward", name: "forward" },
  { to: "reload", icon: "reload", name: "reload" },
];

export function Travel({ say, actions }: { say: Speech["say"]; actions: Actions }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
    <div class="travel" role="group" aria-label={say("visitorsTab")}>
      {WAYS.map(({ to, icon, name }) => (
        <button
          key={to}
          type="button"
          class={`go ${to}`}
          aria-label={say(name)}
          title={say(name)}
          onClick={() => actions.wish({ kind: "travel", to })}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

/** The address of the visitor's page; another one typed into it is opened in their tab. */
export function AddressField({ state, actions }: { state: State; actions: Actions }) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = state.page.value?.url ?? "";
  const leave = (field: HTMLInputElement) => {
    setTyped(null);
    field.blur();
  };
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    // What is typed here is not for the tools.
    event.stopPropagation();
    if (event.key === "Escape") leave(event.currentTarget);
    if (event.key !== "Enter") return;
    const url = addressOf(event.currentTarget.value);
    if (url) actions.wish({ kind: "open_url", url });
    leave(event.currentTarget);
  };
  return (
    <input
      class="address-field"
      type="text"
      inputMode="url"
      spellcheck={false}
      autocomplete="off"
      dir="ltr"
      aria-label={state.speech.say("address", { visitor: state.visitor.value })}
      title={shown}
      value={typed ?? shown.replace(/^https?:\/\//, "").replace(/\/$/, "")}
      onFocus={({ currentTarget }) => {
        // At once, so that what is typed next takes its place.
        currentTarget.value = shown;
        currentTarget.select();
        setTyped(shown);
      }}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={keys}
      onBlur={() => setTyped(null)}
    />
  );
}
