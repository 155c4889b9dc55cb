/** The slim bar on top: who, which page, who else is here, how good the link is; while controlling, where the keys go. */
import { useState } from "preact/hooks";
import { clock, delayOf } from "./clock.ts";
import { initialsOf, inkOn } from "./color.ts";
import { type Actions, webUrl } from "./connection.ts";
import { Icon, Mark } from "./icons.tsx";
import { isThere, type State } from "./state.ts";
import { AddressField, Travel } from "./travel.tsx";

export function Bar({ state, actions }: { state: State; actions: Actions | null }) {
  const branding = state.welcome.value?.branding;
  return (
    <header class={`bar ${state.controls.value ? "controls" : ""}`}>
      {branding?.naked !== "true" && <Logo url={webUrl(branding?.logo_url)} />}
      <Where state={state} actions={actions} />
      <KeysBar state={state} actions={actions} />
      <Agents state={state} />
      <Verified state={state} check={() => actions?.requestReceipt()} />
      <Delay state={state} />
    </header>
  );
}

function Logo({ url }: { url: string | null }) {
  const [failed, setFailed] = useState(false);
  // A server's policy may forbid the address; the mark stands in.
  if (!url || failed) return <Mark />;
  return <img class="logo" src={url} alt="" height="20" onError={() => setFailed(true)} />;
}

function Where({ state, actions }: { state: State; actions: Actions | null }) {
  const page = state.page.value;
  if (!state.welcome.value) return <div class="where" />;
  const prompt = state.welcome.value.visitor.agent_prompt;
  const address = page?.url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const mayTravel = actions !== null && page !== null && isThere(state) && state.mayTravel.value;
  return (
    <div class="where">
      {mayTravel && <Travel actions={actions} />}
      <strong class="who">{state.visitor.value}</strong>
      {prompt && (
        <span class="prompt" title={prompt}>
          {prompt}
        </span>
      )}
      {page && (
        <span class="page">
          {page.title && <span class="title">{page.title}</span>}
          {mayTravel ? (
            <AddressField state={state} actions={actions} />
          ) : (
            <span class="address" title={page.url}>
              {address}
            </span>
          )}
        </span>
      )}
    </div>
  );
}

/** Say loudly that typing goes to the visitor. */
export function KeysBar({ state, actions }: { state: State; actions: Actions | null }) {
  if (!state.controls.value || state.situation.value.place === "cover") return null;
  return (
    <div class="keys-bar">
      <Icon name="keyboard" />
      <span>
        Keyboard goes to {state.visitor.value} <span aria-hidden="true">-</span> <kbd>Esc</kbd> to stop
      </span>
      <button type="button" aria-label="Stop controlling" onClick={() => actions?.releaseControl()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function Agents({ state }: { state: State }) {
  const agents = state.session.value?.agents ?? [];
  const control = state.session.value?.control;
  if (agents.length < 2) return null;
  return (
    <ul class="agents" aria-label="Agents">
      {agents.map((agent) => {
        const me = agent.id === state.welcome.value?.me ? ", you" : "";
        const state_ = !agent.connected ? ", away" : agent.id === control ? ", in control" : "";
        const name = `${agent.name}${me}${state_}`;
        return (
          <li
            key={agent.id}
            class={`avatar ${agent.id === control ? "holds" : ""} ${agent.connected ? "" : "away"}`}
            style={{ background: agent.color, color: inkOn(agent.color) }}
            title={name}
          >
            <span aria-hidden="true">{initialsOf(agent.name)}</span>
            <span class="unseen">{name}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** When the picture was last compared with the page; pressed, it is compared again. */
function Verified({ state, check }: { state: State; check: () => void }) {
  const at = state.verifiedMs.value;
  if (at === null || state.situation.value.kind !== "live") return null;
  const time = new Date(at).toTimeString().slice(0, 8);
  return (
    <button
      type="button"
      class="verified"
      title="The picture was compared with the visitor's page and is the same. Press to compare again."
      aria-label={`Picture verified ${time}`}
      onClick={check}
    >
      <Icon name="check" />
      <span class="figures">{time}</span>
    </button>
  );
}

function Delay({ state }: { state: State }) {
  if (!state.welcome.value || state.link.value === "closed") return null;
  const ms = state.roundTripMs.value;
  const delay = delayOf(state.link.value === "open", ms);
  const figure = ms !== null && state.link.value === "open" ? Math.round(ms) : null;
  return (
    <div class={`delay ${delay.icon}`} title="Your connection to the server, there and back">
      <Icon name={delay.icon} />
      <span role="status" aria-label={`Connection: ${delay.words}`}>
        {delay.words}
      </span>
      {figure !== null && <span class="figures ms">{figure} ms</span>}
    </div>
  );
}

/** How long the picture has been live. */
export function Timer({ state }: { state: State }) {
  const since = state.liveSinceMs.value;
  const live = state.situation.value.kind === "live";
  const spent = since === null ? "0:00" : clock(state.nowMs.value - since);
  return (
    <span class="timer" role="timer" aria-label={`Session time ${spent}`}>
      <span class={`dot ${live ? "live" : "warn"}`} />
      <span class="figures">{spent}</span>
    </span>
  );
}
