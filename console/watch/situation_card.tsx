/** The situation in words: a card that covers, a card over the dimmed picture, or a line above the living one. */
import { useEffect, useState } from "preact/hooks";
import { Art } from "./art.tsx";
import { clock } from "./clock.ts";
import { type Actions, webUrl } from "./connection.ts";
import type { State } from "./state.ts";

/** The words that stay on screen this long before the page goes on to `on_end_url`. */
const READING_S = 8;

export function SituationCard({ state, actions }: { state: State; actions: Actions | null }) {
  const now = state.situation.value;
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
      {now.untilMs !== null && <Countdown untilMs={now.untilMs} nowMs={state.nowMs.value} kind={now.kind} />}
      {now.action === "cancel" && actions && (
        <button class="button" type="button" onClick={actions.leave}>
          Cancel
        </button>
      )}
      {now.action === "reload" && (
        <button class="button first" type="button" onClick={() => location.reload()}>
          Load again
        </button>
      )}
      {now.action === "again" && <WaysOn state={state} />}
    </section>
  );
}

function Countdown({ untilMs, nowMs, kind }: { untilMs: number; nowMs: number; kind: string }) {
  const leftMs = untilMs - nowMs;
  if (kind === "announced") {
    return (
      <p class="countdown">
        {leftMs > 0 ? "Back in " : "They should be back any moment"}
        {leftMs > 0 && <span class="figures">{clock(leftMs)}</span>}
      </p>
    );
  }
  const words = kind === "waiting" || kind === "asking" ? "This page waits" : "The session waits";
  return (
    <p class="countdown">
      {words} <span class="figures">{clock(Math.max(0, leftMs))}</span> more
    </p>
  );
}

/** Where to go from an end: the integrator's own pages when they named some (R15 branding). */
function WaysOn({ state }: { state: State }) {
  const onEnd = webUrl(state.welcome.value?.branding.on_end_url);
  const again = state.retryUrl.value;
  return (
    <div class="ways">
      {again && (
        <a class={onEnd ? "button" : "button first"} href={again}>
          Try again
        </a>
      )}
      {onEnd && <GoOn url={onEnd} />}
    </div>
  );
}

function GoOn({ url }: { url: string }) {
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
        Continue {leftS !== null && <span class="figures">({leftS})</span>}
      </a>
      {leftS !== null && (
        <button class="button" type="button" onClick={() => setLeft(null)}>
          Stay here
        </button>
      )}
    </>
  );
}
