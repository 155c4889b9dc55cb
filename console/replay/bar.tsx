/** The slim bar on top: whose page it was, which one, when and with whom; and what is worth knowing of the recording. */
import { Mark } from "../watch/icons.tsx";
import { Icon } from "./icons.tsx";
import type { Remark, State } from "./state.ts";

export function Bar({ state }: { state: State }) {
  const recording = state.recording.value;
  const { say, moment, list } = state.speech;
  const agents = recording?.agents.map(({ name }) => name) ?? [];
  return (
    <div class="head">
      <header class="bar">
        <Mark />
        <div class="where">
          {recording && <strong class="who">{state.visitor.value}</strong>}
          <Page state={state} />
        </div>
        {recording && (
          <p class="when">
            <span>{say("recordedAt", { time: moment(recording.started_at) })}</span>
            {agents.length > 0 && <span> {say("withAgents", { agents: list(agents) })}</span>}
          </p>
        )}
      </header>
      {state.remarks.value.map((one) => (
        <RemarkLine key={one} state={state} remark={one} />
      ))}
    </div>
  );
}

function Page({ state }: { state: State }) {
  const page = state.page.value;
  if (!page) return null;
  return (
    <span class="page">
      {page.title && (
        <span class="title" dir="auto">
          {page.title}
        </span>
      )}
      <span class="address" dir="ltr" title={page.url}>
        {page.url.replace(/^https?:\/\//, "").replace(/\/$/, "")}
      </span>
    </span>
  );
}

function RemarkLine({ state, remark }: { state: State; remark: Remark }) {
  const { say } = state.speech;
  return (
    <p class="remark">
      <span class="dot warn" />
      <span>{say(`remark_${remark}`)}</span>
      {(remark === "live" || remark === "half") && (
        <button type="button" class="tool" onClick={() => location.reload()}>
          {say("loadAgain")}
        </button>
      )}
      <button
        type="button"
        class="tool bare-icon"
        aria-label={say("dismiss")}
        onClick={() => {
          state.dismissed.value = new Set([...state.dismissed.value, remark]);
        }}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
