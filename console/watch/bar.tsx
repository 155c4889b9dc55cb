/** The slim bar on top: who, which page, who else is here, how good the link is; while controlling, where the keys go. */
import { useState } from "preact/hooks";
import { clock } from "./clock.ts";
import { initialsOf, inkOn } from "./color.ts";
import { type Actions, webUrl } from "./connection.ts";
import { DockButtons, FullScreenButton } from "./dock.tsx";
import { Icon, Mark } from "./icons.tsx";
import { ConnectionPane, Tabs } from "./panes.tsx";
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
      {actions && <DockButtons state={state} />}
      {actions && <Tabs state={state} actions={actions} />}
      <FullScreenButton say={state.speech.say} />
      <ConnectionPane state={state} actions={actions} />
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
      {mayTravel && <Travel say={state.speech.say} actions={actions} />}
      <strong class="who">{state.visitor.value}</strong>
      {prompt && (
        <span class="prompt" title={prompt}>
          {prompt}
        </span>
      )}
      {page && (
        <span class="page">
          {page.title && (
            <span class="title" dir="auto">
              {page.title}
            </span>
          )}
          {mayTravel ? (
            <AddressField state={state} actions={actions} />
          ) : (
            <span class="address" dir="ltr" title={page.url}>
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
  const { say } = state.speech;
  const [before, after] = say("toStop", { key: "\n" }).split("\n");
  return (
    <div class="keys-bar">
      <Icon name="keyboard" />
      <span>
        {say("keysGo", { visitor: state.visitor.value })} <span aria-hidden="true">-</span> {before}
        <kbd>Esc</kbd>
        {after}
      </span>
      <button type="button" aria-label={say("stopControlling")} onClick={() => actions?.releaseControl()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function Agents({ state }: { state: State }) {
  const agents = state.session.value?.agents ?? [];
  const control = state.session.value?.control;
  const { say, list } = state.speech;
  if (agents.length < 2) return null;
  return (
    <ul class="agents" aria-label={say("agents")}>
      {agents.map((agent) => {
        const parts = [agent.name];
        if (agent.id === state.welcome.value?.me) parts.push(say("you"));
        if (!agent.connected) parts.push(say("away"));
        else if (agent.id === control) parts.push(say("inControl"));
        const name = list(parts);
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

/** How long the picture has been live. */
export function Timer({ state }: { state: State }) {
  const since = state.liveSinceMs.value;
  const live = state.situation.value.kind === "live";
  const spent = since === null ? "0:00" : clock(state.nowMs.value - since);
  return (
    <span class="timer" role="timer" aria-label={state.speech.say("sessionTime", { time: spent })}>
      <span class={`dot ${live ? "live" : "warn"}`} />
      <span class="figures">{spent}</span>
    </span>
  );
}
