/** The situation in words: a card that covers, a card over the dimmed picture, or a line above the living one. */
import { useEffect, useState } from "preact/hooks";
import { Art } from "./art.tsx";
import { clock } from "./clock.ts";
import { type Actions, webUrl } from "./connection.ts";
import type { Situation } from "./situation.ts";
import type { Speech } from "./speech.ts";
import type { State } from "./state.ts";

/** The words that stay on screen this long before the page goes on to `on_end_url`. */
const READING_S = 8;

export function SituationCard({ state, actions }: { state: State; actions: Actions | null }) {
  const now = state.situation.value;
  const { say } = state.speech;
  if (now.place === "none") return null;
  if (now.place === "note") {
    return (
      <p class="note">
        <span class="dot warn" />
        <strong>{now.title}</strong> <span>{now.detail}</span>
      </p>
    );
  }
  return (
    <section class={`card ${now.place}`} data-situation={now.kind} aria-labelledby="situation">
      <Art kind={now.kind} />
      <h1 id="situation">{now.title}</h1>
      {now.detail && <p>{now.detail}</p>}
      {now.untilMs !== null && <p class="countdown figures">{countdown(now, state.nowMs.value, say)}</p>}
      {now.action === "cancel" && actions && (
        <button class="button" type="button" onClick={actions.leave}>
          {say("cancel")}
        </button>
      )}
      {now.action === "reload" && (
        <button class="button first" type="button" onClick={() => location.reload()}>
          {say("loadAgain")}
        </button>
      )}
      {now.action === "again" && <WaysOn state={state} />}
    </section>
  );
}

function countdown({ kind, untilMs }: Situation, nowMs: number, say: Speech["say"]): string {
  const leftMs = (untilMs ?? nowMs) - nowMs;
  const time = clock(leftMs);
  if (kind === "announced") return leftMs > 0 ? say("backIn", { time }) : say("backSoon");
  return say(kind === "waiting" || kind === "asking" ? "pageWaits" : "sessionWaits", { time });
}

/** Where to go from an end: the integrator's own pages when they named some (R15 branding). */
function WaysOn({ state }: { state: State }) {
  const onEnd = webUrl(state.welcome.value?.branding.on_end_url);
  const again = state.retryUrl.value;
  return (
    <div class="ways">
      {again && (
        <a class={onEnd ? "button" : "button first"} href={again}>
          {state.speech.say("tryAgain")}
        </a>
      )}
      {onEnd && <GoOn url={onEnd} speech={state.speech} />}
    </div>
  );
}

function GoOn({ url, speech: { say, number } }: { url: string; speech: Speech }) {
  const [leftS, setLeft] = useState<number | null>(READING_S);
  useEffect(() => {
    if (leftS === null) return undefined;
    if (leftS === 0) {
      location.assign(url);
      return undefined;
    }
    const timer = setTimeout(() => setLeft(leftS - 1), 1000);
    return () => clearTimeout(timer);
  }, [leftS, url]);
  return (
    <>
      <a class="button first" href={url}>
        {say("goOn")} {leftS !== null && <span class="figures">({number(leftS)})</span>}
      </a>
      {leftS !== null && (
        <button class="button" type="button" onClick={() => setLeft(null)}>
          {say("stay")}
        </button>
      )}
    </>
  );
}
