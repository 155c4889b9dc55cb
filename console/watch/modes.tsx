/** The tools of which one is taken at a time: look, laser, draw, highlight, control; and what goes with drawing. */
import type { Tool } from "#player/ports";
import { inkOn } from "./color.ts";
import type { Actions } from "./connection.ts";
import { Icon } from "./icons.tsx";
import { ModeButton } from "./mode_button.tsx";
import { type DrawingShape, type State, switchControl, takeTool } from "./state.ts";

/** Colours that agents can have; those that seats are given, each with a name to say. */
const COLORS: readonly (readonly [color: string, name: string])[] = [
  ["#0e7c86", "Teal"],
  ["#c2410c", "Orange"],
  ["#6d28d9", "Violet"],
  ["#15803d", "Green"],
  ["#be185d", "Pink"],
  ["#1d4ed8", "Blue"],
  ["#a16207", "Ochre"],
  ["#475569", "Grey"],
];

const SHAPES: Record<DrawingShape, { icon: "draw" | "arrow" | "rectangle"; name: string; key: string }> = {
  line: { icon: "draw", name: "Draw", key: "D" },
  arrow: { icon: "arrow", name: "Arrow", key: "A" },
  rectangle: { icon: "rectangle", name: "Rectangle", key: "R" },
};

export function Modes({ state, actions }: { state: State; actions: Actions }) {
  const take = (tool: Tool) => takeTool(state, actions, tool);
  const taken = (tool: Tool) => !state.controls.value && state.tool.value === tool;
  return (
    <div class={`modes ${state.tool.value === "look" ? "" : "inking"}`}>
      <ModeButton icon="eye" name="Look" title="Look and point (V)" on={taken("look")} press={() => take("look")} />
      {state.mayDraw.value && (
        <>
          <ModeButton
            icon="laser"
            name="Laser pointer"
            label="Laser"
            title="Laser pointer (L)"
            on={taken("laser")}
            press={() => take("laser")}
          />
          <Draw state={state} take={take} />
          <ModeButton
            icon="highlight"
            name="Highlight"
            title="Highlight an element (H)"
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
  const off = state.session.value?.phase !== "live" || state.link.value !== "open";
  const asked = controlWanted.value && state.session.value?.asking?.kind === "control";
  const label = controls.value ? "Release control" : controlWanted.value ? "Waiting…" : "Take control";
  return (
    <ModeButton
      icon="pointer"
      name={asked ? `Waiting… for ${visitor.value} to allow control. Press to withdraw` : label}
      label={label}
      title={holder.value ? `${holder.value.name} is in control` : `${label} (C)`}
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
  const { icon, name, key } = SHAPES[shape];
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
        <div class="menu" role="group" aria-label="Shapes">
          {(Object.keys(SHAPES) as DrawingShape[]).map((one) => (
            <ModeButton
              key={one}
              icon={SHAPES[one].icon}
              name={one === "line" ? "Freehand" : SHAPES[one].name}
              title={`${SHAPES[one].name} (${SHAPES[one].key})`}
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

/** The agent's colour, and the way to take all drawings away. */
function Ink({ state, actions }: { state: State; actions: Actions }) {
  const color = state.me.value?.color ?? "#000000";
  const isOpen = state.menu.value === "colors";
  const name = COLORS.find(([one]) => one === color)?.[1] ?? color;
  return (
    <span class="ink">
      <span class="with-menu">
        <button
          type="button"
          class="tool bare-icon"
          aria-label={`Your colour: ${name}`}
          aria-haspopup="true"
          aria-expanded={isOpen}
          title="Your colour"
          onClick={() => {
            state.menu.value = isOpen ? null : "colors";
          }}
        >
          <span class="swatch" style={{ background: color }} />
        </button>
        {isOpen && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser
          <div class="menu colors" role="group" aria-label="Colours">
            {COLORS.map(([one, said]) => (
              <button
                key={one}
                type="button"
                class="tool bare-icon"
                aria-label={said}
                aria-pressed={one === color}
                title={said}
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
          </div>
        )}
      </span>
      <button
        type="button"
        class="tool bare-icon"
        aria-label="Clear drawings"
        title="Clear your drawings (X)"
        onClick={() => actions.wish({ kind: "clear_drawings" })}
      >
        <Icon name="clear" />
      </button>
    </span>
  );
}
