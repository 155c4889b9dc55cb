/** The recording from its beginning to its end: where it is, how much has come, where it is quiet. Time runs to the right in every language. */
import { useComputed } from "@preact/signals";
import type { Playback } from "./playback.ts";
import type { State } from "./state.ts";

/** The position is drawn anew so often. */
const DRAWN_MS = 100;

export function Timeline({ state, playback }: { state: State; playback: Playback }) {
  const { say, span } = state.speech;
  const drawn = useComputed(() => Math.floor(state.position_ms.value / DRAWN_MS) * DRAWN_MS);
  const length_ms = Math.max(state.length_ms.value, 1);
  const part = (at_ms: number) => `${(at_ms / length_ms) * 100}%`;
  return (
    <div class="timeline" dir="ltr">
      <div class="rail" aria-hidden="true">
        <span class="loaded" style={{ width: part(state.isLoaded.value ? length_ms : state.loaded_ms.value) }} />
        {state.quiet.value.map(({ from_ms, until_ms }) => (
          <span key={from_ms} class="quiet" style={{ left: part(from_ms), width: part(until_ms - from_ms) }} />
        ))}
        <span class="played" style={{ width: part(drawn.value) }} />
      </div>
      <input
        type="range"
        min={0}
        max={length_ms}
        step={1}
        value={drawn.value}
        aria-label={say("timeline")}
        aria-valuetext={say("timeOf", { time: span(drawn.value), length: span(length_ms) })}
        onInput={({ currentTarget }) => {
          playback.hold(true);
          playback.seek(Number(currentTarget.value));
        }}
        onPointerUp={() => playback.hold(false)}
        onPointerCancel={() => playback.hold(false)}
        onChange={() => playback.hold(false)}
      />
    </div>
  );
}
