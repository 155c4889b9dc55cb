/** Below the picture: the timeline, and play, speed, size. */
import { clock } from "../watch/clock.ts";
import { switchFull } from "./full.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Playback } from "./playback.ts";
import { SPEEDS, type State } from "./state.ts";
import { Timeline } from "./timeline.tsx";

export function Transport({ state, playback }: { state: State; playback: Playback }) {
  if (state.cover.value !== null) return null;
  const { say } = state.speech;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser
    <div class="transport" role="group" aria-label={say("playback")}>
      <Timeline state={state} playback={playback} />
      <div class="deck">
        <PlayButton state={state} playback={playback} />
        <Time state={state} />
        <span class="gap" />
        <Speed state={state} />
        <Press
          icon="skip"
          name={say("skipQuiet")}
          title={say("skipQuietLong")}
          on={state.skipsQuiet.value}
          press={() => {
            state.skipsQuiet.value = !state.skipsQuiet.value;
          }}
        />
        <Fit state={state} />
        {document.fullscreenEnabled && (
          <Press
            icon={state.isFull.value ? "leave" : "full"}
            name={say(state.isFull.value ? "leaveFullScreen" : "fullScreen")}
            kind="bare-icon"
            title={`${say(state.isFull.value ? "leaveFullScreen" : "fullScreen")} (F)`}
            press={switchFull}
          />
        )}
        <Press
          icon="help"
          name={say("shortcuts")}
          kind="bare-icon wide-only"
          title={`${say("shortcuts")} (?)`}
          press={() => {
            state.showsHelp.value = true;
          }}
        />
      </div>
    </div>
  );
}

function PlayButton({ state, playback }: { state: State; playback: Playback }) {
  const { say } = state.speech;
  const isEnded = state.motion.value === "ended";
  const name = isEnded ? "playAgain" : state.isPlaying.value ? "pause" : "play";
  return (
    <button
      type="button"
      class={`tool play ${isEnded ? "ended" : "bare-icon"}`}
      aria-label={say(name)}
      title={`${say(name)} (K)`}
      onClick={state.isPlaying.value ? playback.pause : playback.play}
    >
      <Icon name={isEnded ? "again" : state.isPlaying.value ? "pause" : "play"} />
      {isEnded && <span class="words">{say(name)}</span>}
    </button>
  );
}

function Time({ state }: { state: State }) {
  const { motion } = state;
  return (
    <span class="time">
      <span class="figures" dir="ltr">
        {clock(state.position_ms.value)} / {clock(state.length_ms.value)}
      </span>
      {(motion.value === "waiting" || motion.value === "finding") && (
        <span class="motion">{state.speech.say(motion.value)}</span>
      )}
    </span>
  );
}

function Speed({ state }: { state: State }) {
  const { say, number } = state.speech;
  return (
    <select
      class="tool speed"
      aria-label={say("speed")}
      title={`${say("speed")} (< >)`}
      value={state.speed.value}
      onChange={({ currentTarget }) => {
        state.speed.value = Number(currentTarget.value);
      }}
    >
      {SPEEDS.map((one) => (
        <option key={one} value={one}>
          {`${number(one)}×`}
        </option>
      ))}
    </select>
  );
}

function Fit({ state }: { state: State }) {
  const { say, percent } = state.speech;
  const values = { percent: percent(state.scale.value), full: percent(1) };
  const fits = state.zoom.value === "fit";
  return (
    <button
      type="button"
      class="tool percent"
      aria-label={say(fits ? "fits" : "fixed", values)}
      title={say(fits ? "showFull" : "fitWindow", values)}
      onClick={() => {
        state.zoom.value = fits ? 1 : "fit";
      }}
    >
      <Icon name="fit" />
      <span class="figures">{values.percent}</span>
    </button>
  );
}

interface PressProps {
  icon: IconName;
  /** Said by screen readers; shown where there is room, unless it is a bare icon. */
  name: string;
  title: string;
  kind?: string;
  /** It can be pressed in, and whether it is. */
  on?: boolean;
  press(): void;
}

function Press({ icon, name, title, kind = "", on, press }: PressProps) {
  return (
    <button type="button" class={`tool ${kind}`} aria-label={name} aria-pressed={on} title={title} onClick={press}>
      <Icon name={icon} />
      {!kind.includes("bare-icon") && <span class="label">{name}</span>}
    </button>
  );
}
