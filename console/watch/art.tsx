/** The picture of each situation: the two panes of the mark, how they stand to each other, and a sign where they meet. */
import type { ComponentChildren } from "preact";
import type { SituationKind } from "./situation.ts";

type Pane = "full" | "empty" | "dashed" | "faint";
interface Scene {
  /** The visitor's pane, behind. */
  readonly theirs: Pane;
  /** The agent's pane, in front. */
  readonly ours: Pane;
  readonly apart?: boolean;
  readonly sign: ComponentChildren;
  readonly tone: "accent" | "warn" | "danger" | "soft";
  readonly moves?: "dots" | "turn";
}

const dots = (
  <g class="dots">
    <circle cx="-7" cy="0" r="2" />
    <circle cx="0" cy="0" r="2" />
    <circle cx="7" cy="0" r="2" />
  </g>
);
const turning = <path class="stroke" d="M7.5 -2.5A8 8 0 1 0 8 2M8 -8v5.5H2.5" />;
const cross = <path class="stroke" d="M-5 -5 5 5M5 -5-5 5" />;
const bar = <path class="stroke" d="M-6.5 0H6.5" />;
const mark = (
  <g>
    <path class="stroke" d="M0 -7V2" />
    <circle cx="0" cy="7" r="1.8" />
  </g>
);
const tick = <path class="stroke" d="M-6 .5-1.8 5 6.5-4.5" />;
const clock = <path class="stroke" d="M0-6.5V0L4.5 3.5" />;
const out = <path class="stroke" d="M-6.5 0H6M1.5-5 6.5 0 1.5 5" />;
const broken = <path class="stroke" d="M-2.5-6.5V-3M2.5 6.5V3M-8.5-3h3.5M8.5 3H5M-7 7l3-3M7-7 4-4" />;
const down = <path class="stroke" d="M0-6.5V6M-5 1.5 0 6.5 5 1.5" />;

const SCENES: Record<SituationKind, Scene> = {
  no_seat: { theirs: "faint", ours: "dashed", apart: true, sign: broken, tone: "soft" },
  opening: { theirs: "faint", ours: "empty", sign: dots, tone: "accent", moves: "dots" },
  waiting: { theirs: "dashed", ours: "empty", sign: clock, tone: "accent" },
  asking: { theirs: "full", ours: "empty", sign: dots, tone: "accent", moves: "dots" },
  connecting: { theirs: "full", ours: "empty", sign: down, tone: "accent" },
  live: { theirs: "full", ours: "full", sign: tick, tone: "accent" },
  hidden: { theirs: "faint", ours: "full", sign: clock, tone: "warn" },
  tab_closed: { theirs: "dashed", ours: "full", sign: cross, tone: "warn" },
  connection_lost: { theirs: "faint", ours: "full", sign: broken, tone: "warn" },
  announced: { theirs: "dashed", ours: "full", sign: clock, tone: "accent" },
  reconnecting: { theirs: "full", ours: "faint", sign: turning, tone: "warn", moves: "turn" },
  ending: { theirs: "full", ours: "faint", sign: dots, tone: "soft", moves: "dots" },
  refused: { theirs: "full", ours: "dashed", apart: true, sign: bar, tone: "danger" },
  timed_out: { theirs: "dashed", ours: "empty", apart: true, sign: clock, tone: "soft" },
  ended: { theirs: "full", ours: "empty", apart: true, sign: tick, tone: "soft" },
  left: { theirs: "full", ours: "dashed", apart: true, sign: out, tone: "soft" },
  failed: { theirs: "faint", ours: "dashed", apart: true, sign: mark, tone: "danger" },
};

/** Draw the situation; its words stand beside it, so it is decoration. */
export function Art({ kind }: { kind: SituationKind }) {
  const scene = SCENES[kind];
  const shift = scene.apart ? 14 : 0;
  return (
    <svg class={`art ${scene.tone}`} viewBox="0 0 208 124" width="208" height="124" aria-hidden="true">
      <g transform={`translate(${-shift} 0)`} class={`pane theirs ${scene.theirs}`}>
        <rect x="34" y="8" width="96" height="72" rx="9" />
        {scene.theirs === "full" && <Page x={34} y={8} />}
      </g>
      <g transform={`translate(${shift} 0)`} class={`pane ours ${scene.ours}`}>
        <rect x="78" y="44" width="96" height="72" rx="9" />
        {scene.ours === "full" && <Page x={78} y={44} />}
      </g>
      <g transform="translate(104 62)">
        <circle r="19" class="seal" />
        <g class={`sign ${scene.moves ?? ""}`}>{scene.sign}</g>
      </g>
    </svg>
  );
}

function Page({ x, y }: { x: number; y: number }) {
  return (
    <path
      class="lines"
      d={`M${x} ${y + 15}h96M${x + 9} ${y + 7.5}h3M${x + 16} ${y + 7.5}h3M${x + 12} ${y + 27}h34M${x + 12} ${y + 36}h24M${x + 62} ${y + 56}h22M${x + 70} ${y + 64}h14`}
    />
  );
}
