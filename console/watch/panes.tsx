/** What opens below the bar: the visitor's tabs, and how the connection is. */
import type { ComponentChildren } from "preact";
import { type Delay, delayOf } from "./clock.ts";
import type { Actions } from "./connection.ts";
import { Icon, type IconName } from "./icons.tsx";
import { isThere, type State } from "./state.ts";

interface PaneProps {
  state: State;
  name: "tabs" | "connection";
  /** Of the button, for screen readers. */
  label: string;
  /** Of what opens. */
  title: string;
  icon: IconName;
  kind?: string;
  /** Beside the icon. */
  figure: string | null;
  children: ComponentChildren;
}

function Pane({ state, name, label, title, icon, kind = "", figure, children }: PaneProps) {
  const isOpen = state.menu.value === name;
  return (
    <div class={`with-menu ${name}`}>
      <button
        type="button"
        class={`chip ${kind}`}
        aria-label={figure === null || label.includes(figure) ? label : `${label}, ${figure}`}
        aria-expanded={isOpen}
        title={title}
        onClick={() => {
          state.menu.value = isOpen ? null : name;
        }}
      >
        <Icon name={icon} />
        {figure !== null && <span class="figures">{figure}</span>}
      </button>
      {isOpen && (
        <section class="pane" aria-label={title}>
          {children}
        </section>
      )}
    </div>
  );
}

/** The visitor's tabs, where there are several: which one is shown, and whether agents go along with the visitor (SPEC X7). */
export function Tabs({ state, actions }: { state: State; actions: Actions }) {
  const { say, number } = state.speech;
  const visitor = state.visitor.value;
  const { tabs = [], follows = true } = state.session.value ?? {};
  if (!isThere(state) || (tabs.length < 2 && follows)) return null;
  const shown = tabs.find((tab) => tab.active);
  return (
    <Pane
      state={state}
      name="tabs"
      label={say("tabsCount", { n: number(tabs.length) })}
      title={say("tabs", { visitor })}
      icon="tabs"
      figure={number(tabs.length)}
    >
      <ul>
        {tabs.map((tab) => (
          <li key={tab.id}>
            <button type="button" aria-pressed={tab.active} onClick={() => actions.showTab(tab.id)}>
              <span class="tab-title" dir="auto">
                {tab.title || say("untitled")}
              </span>
              <span class="tab-address" dir="ltr">
                {tab.url.replace(/^https?:\/\//, "").replace(/\/$/, "")}
              </span>
              <span class="tab-note">
                {tab.active && <Icon name="eye" />}
                {tab.active && <span>{say("tabShown")}</span>}
                {tab.visible !== false && <span class="dot live" />}
                {tab.visible !== false && <span>{say("tabInFront", { visitor })}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <label class="follow">
        <input
          type="checkbox"
          checked={follows}
          onChange={() => actions.showTab(follows ? (shown?.id ?? null) : null)}
        />
        <span>
          {say("follow", { visitor })}
          <small>{say("followDetail", { visitor })}</small>
        </span>
      </label>
    </Pane>
  );
}

/** How far behind the visitor the picture is, and what else can be known of the way there. */
export function ConnectionPane({ state, actions }: { state: State; actions: Actions | null }) {
  const { say, ms } = state.speech;
  if (!state.welcome.value || state.link.value === "closed") return null;
  const isOpen = state.link.value === "open";
  const delays = state.delays.value;
  const trip_ms = state.roundTripMs.value;
  const busy_ms = state.busyMs.value;
  const shown_ms = delays?.usual_ms ?? trip_ms;
  const { quality, icon }: Delay = delayOf(isOpen, shown_ms);
  const name = say("connectionIs", { quality: say(quality) });
  return (
    <>
      <Pane
        state={state}
        name="connection"
        label={name}
        title={say("connection")}
        icon={icon}
        kind={icon}
        figure={isOpen && shown_ms !== null ? ms(shown_ms) : null}
      >
        <dl>
          <div>
            <dt>{say("connection")}</dt>
            <dd>{say(quality)}</dd>
          </div>
          <div>
            <dt>{say("delay")}</dt>
            {delays === null ? (
              <dd>{say("notMeasured")}</dd>
            ) : (
              <dd>
                {say("delayUsual", { usual: ms(delays.usual_ms), visitor: state.visitor.value })}
                <small>{say("delayMost", { most: ms(delays.most_ms) })}</small>
              </dd>
            )}
          </div>
          <div>
            <dt>{say("roundTrip")}</dt>
            <dd>{trip_ms === null ? say("notMeasured") : ms(trip_ms)}</dd>
          </div>
          {busy_ms !== null && (
            <div>
              <dt>{say("busy")}</dt>
              <dd>{say("busyDetail", { interval: ms(busy_ms), visitor: state.visitor.value })}</dd>
            </div>
          )}
          {actions && <Checked state={state} actions={actions} />}
        </dl>
      </Pane>
      <span class="unseen" role="status">
        {name}
      </span>
    </>
  );
}

/** When the picture was last compared with the page (SPEC F20). */
function Checked({ state, actions }: { state: State; actions: Actions }) {
  const { say, time } = state.speech;
  const at = state.verifiedMs.value;
  if (!isThere(state)) return null;
  return (
    <div>
      <dt>{say("checked")}</dt>
      <dd>
        {at !== null && time(at)}
        {at !== null && <small>{say("checkedDetail", { visitor: state.visitor.value })}</small>}
        <button type="button" class="button" onClick={actions.requestReceipt}>
          {say("checkAgain")}
        </button>
      </dd>
    </div>
  );
}
