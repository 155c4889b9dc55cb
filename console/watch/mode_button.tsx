/** One button of the tool pill that can be pressed in. */
import { Icon, type IconName } from "./icons.tsx";

export interface ModeButtonProps {
  icon: IconName;
  /** Said by screen readers. */
  name: string;
  /** Shown where there is room; else the name. */
  label?: string;
  title: string;
  on: boolean;
  off?: boolean;
  waits?: boolean;
  /** A class of its own. */
  kind?: string;
  /** It has a menu, and whether that is open. */
  menu?: boolean;
  press(): void;
}

export function ModeButton({ icon, name, label, title, on, off, waits, kind = "", menu, press }: ModeButtonProps) {
  return (
    <button
      type="button"
      class={`tool ${kind} ${waits ? "waits" : ""} ${menu === undefined ? "" : "opens"}`}
      aria-label={name}
      aria-pressed={on}
      aria-disabled={off}
      aria-expanded={menu}
      title={title}
      onClick={() => {
        if (!off) press();
      }}
    >
      <Icon name={icon} />
      <span class="label">{label ?? name}</span>
    </button>
  );
}
