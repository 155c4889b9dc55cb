/** The tools of which one is taken at a time: look, laser, draw, highlight, control; and what goes with drawing. */
import type { Tool } from "#player/ports";
import { inkOn } from "./color.ts";
import type { Actions } from "./connection.ts";
import { Icon } from "./icons.tsx";
import type { Strings } from "./languages/en.ts";
import { ModeButton } from "./mode_button.tsx";
import { type DrawingShape, type State, switchControl, takeTool } from "./state.ts";

/** Colours that agents can have; those that seats are given, each with the key of its name. */
const COLORS: readonly (readonly [color: string, name: keyof Strings])[] = [
  ["#0e7c86", "teal"],
  ["#c2410c", "orange"],
  ["#6d28d9", "violet"],
  ["#15803d", "green"],
  ["#be185d", "pink"],
  ["#1d4ed8", "blue"],
  ["#a16207", "ochre"],
  ["#475569", "grey"],
];

const SHAPES: Record<DrawingShape, { icon: "draw" | "arrow" | "rectangle"; key: string }> = {
  line: { icon: "draw", key: "D" },
  arrow: { icon: "arrow", key: "A" },
  rectangle: { icon: "rectangle", key: "R" },
};

const NAMES = { line: "draw", arrow: "arrow", rectangle: "rectangle" } as const;

export function Modes({ state, actions }: { state: State; actions: Actions }) {
  const take = (tool: Tool) => takeTool(state, actions, tool);
  const taken = (tool: Tool) => !state.controls.value && state.tool.value === tool;
  const { say } = state.speech;
  return (
    <div class={`modes ${state.tool.value === "look" ? "" : "inking"}`}>
      <ModeButton
        icon="eye"
        name={say("look")}
        title={`${say("lookLong")} (V)`}
        on={taken("look")}
        press={() => take("look")}
      />
      {state.mayDraw.value && (
        <>
          <ModeButton
            icon="laser"
            name={say("laser")}
            label={say("laserShort")}
            title={`${say("laser")} (L)`}
            kind="rare"
            on={taken("laser")}
            press={() => take("laser")}
          />
          <Draw state={state} take={take} />
          <ModeButton
            icon="highlight"
            name={say("highlight")}
            title={`${say("highlightLong")} (H)`}
            kind="rare"
            on={taken("outline")}
            press={() => take("outline")}
          />
          <Ink state={state} actions={actions} />
        </>
      )}
      {state.mayControl.value && <Control state={state} actions={actions} />}
    </div>
  );
}

function Control({ state, actions }: { state: State; actions: Actions }) {
  const { controls, controlWanted, holder, visitor } = state;
  const { say } = state.speech;
  const off = state.session.value?.phase !== "live" || state.link.value !== "open";
  const asked = controlWanted.value && state.session.value?.asking?.kind === "control";
  const label = say(controls.value ? "releaseControl" : controlWanted.value ? "waiting" : "takeControl");
  return (
    <ModeButton
      icon="pointer"
      name={asked ? say("waitingLong", { visitor: visitor.value }) : label}
      label={label}
      title={holder.value ? say("holds", { holder: holder.value.name }) : `${label} (C)`}
      on={controls.value}
      off={off}
      waits={controlWanted.value}
      press={() => switchControl(state, actions)}
    />
  );
}

/** Freehand, arrow and rectangle behind one button, which shows the one that was drawn with last. */
function Draw({ state, take }: { state: State; take: (tool: Tool) => void }) {
  const shape = state.shape.value;
  const { say } = state.speech;
  const { icon, key } = SHAPES[shape];
  const name = say(NAMES[shape]);
  const on = !state.controls.value && state.tool.value === shape;
  const isOpen = state.menu.value === "shapes";
  return (
    <span class="with-menu">
      <ModeButton
        icon={icon}
        name={name}
        title={`${name} (${key})`}
        on={on}
        menu={isOpen}
        press={() => {
          take(shape);
          state.menu.value = isOpen ? null : "shapes";
        }}
      />
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
        <div class="menu" role="group" aria-label={say("shapes")}>
          {(Object.keys(SHAPES) as DrawingShape[]).map((one) => (
            <ModeButton
              key={one}
              icon={SHAPES[one].icon}
              name={say(one === "line" ? "freehand" : NAMES[one])}
              title={`${say(NAMES[one])} (${SHAPES[one].key})`}
              on={one === shape}
              press={() => {
                take(one);
                state.menu.value = null;
              }}
            />
          ))}
        </div>
      )}
    </span>
  );
}

/** The agent's colour, and the way to take all drawings away; where there is little room that is with the colours. */
function Ink({ state, actions }: { state: State; actions: Actions }) {
  const { say } = state.speech;
  const color = state.me.value?.color ?? "#000000";
  const isOpen = state.menu.value === "colors";
  const known = COLORS.find(([one]) => one === color)?.[1];
  const clear = () => {
    actions.wish({ kind: "clear_drawings" });
    state.menu.value = null;
  };
  return (
    <span class="ink">
      <span class="with-menu">
        <button
          type="button"
          class="tool bare-icon"
          aria-label={say("yourColorIs", { color: known ? say(known) : color })}
          aria-haspopup="true"
          aria-expanded={isOpen}
          title={say("yourColor")}
          onClick={() => {
            state.menu.value = isOpen ? null : "colors";
          }}
        >
          <span class="swatch" style={{ background: color }} />
        </button>
        {isOpen && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser
          <div class="menu colors" role="group" aria-label={say("colors")}>
            {COLORS.map(([one, name]) => (
              <button
                key={one}
                type="button"
                class="tool bare-icon"
                aria-label={say(name)}
                aria-pressed={one === color}
                title={say(name)}
                onClick={() => {
                  actions.chooseColor(one);
                  state.menu.value = null;
                }}
              >
                <span class="swatch" style={{ background: one, color: inkOn(one) }}>
                  {one === color && <Icon name="check" />}
                </span>
              </button>
            ))}
            <button type="button" class="tool narrow-only" onClick={clear}>
              <Icon name="clear" />
              {say("clear")}
            </button>
          </div>
        )}
      </span>
      <button
        type="button"
        class="tool bare-icon clear"
        aria-label={say("clear")}
        title={`${say("clearLong")} (X)`}
        onClick={clear}
      >
        <Icon name="clear" />
      </button>
    </span>
  );
}
