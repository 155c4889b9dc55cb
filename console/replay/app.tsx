/** The replay page as a whole: the picture fills the window, who and when above it, time and speed below. */
import { Announcer } from "./announcer.tsx";
import { Bar } from "./bar.tsx";
import { Cover } from "./cover.tsx";
import { Help } from "./help.tsx";
import { Picture, type PictureParts } from "./picture.tsx";
import type { Playback } from "./playback.ts";
import type { State } from "./state.ts";
import { Transport } from "./transport.tsx";

export function App({ state, parts, playback }: { state: State; parts: PictureParts; playback: Playback }) {
  return (
    <div class="watch replay">
      <Bar state={state} />
      <main class="room">
        <Picture state={state} parts={parts} />
        <Cover state={state} />
      </main>
      <Transport state={state} playback={playback} />
      <Announcer state={state} />
      <Help state={state} />
    </div>
  );
}
