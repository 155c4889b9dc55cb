/** Says to a screen reader what the page comes to. */
import { coverWords } from "./cover.tsx";
import type { State } from "./state.ts";

export function Announcer({ state }: { state: State }) {
  const { cover, motion, remarks, speech } = state;
  const words =
    cover.value === null
      ? [speech.say(motion.value), ...remarks.value.map((one) => speech.say(`remark_${one}`))].join(". ")
      : coverWords(state, cover.value).join(". ");
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {words}
    </p>
  );
}
