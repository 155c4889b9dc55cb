/** Icons of the one kept set, as the build reads them (lucide-static, ISC; the notice stays in each file). */

import tabs from "lucide-static/icons/app-window.svg";
import back from "lucide-static/icons/arrow-left.svg";
import forward from "lucide-static/icons/arrow-right.svg";
import check from "lucide-static/icons/check.svg";
import help from "lucide-static/icons/circle-question-mark.svg";
import clear from "lucide-static/icons/eraser.svg";
import eye from "lucide-static/icons/eye.svg";
import keyboard from "lucide-static/icons/keyboard.svg";
import full from "lucide-static/icons/maximize.svg";
import minus from "lucide-static/icons/minus.svg";
import pointer from "lucide-static/icons/mouse-pointer-click.svg";
import arrow from "lucide-static/icons/move-up-right.svg";
import notes from "lucide-static/icons/notebook-pen.svg";
import draw from "lucide-static/icons/pencil.svg";
import end from "lucide-static/icons/phone-off.svg";
import plus from "lucide-static/icons/plus.svg";
import reload from "lucide-static/icons/rotate-cw.svg";
import fit from "lucide-static/icons/scan.svg";
import high from "lucide-static/icons/signal-high.svg";
import low from "lucide-static/icons/signal-low.svg";
import medium from "lucide-static/icons/signal-medium.svg";
import offline from "lucide-static/icons/signal-zero.svg";
import rectangle from "lucide-static/icons/square.svg";
import highlight from "lucide-static/icons/square-dashed-mouse-pointer.svg";
import console from "lucide-static/icons/square-terminal.svg";
import laser from "lucide-static/icons/target.svg";
import close from "lucide-static/icons/x.svg";
import { Drawn } from "../drawn.tsx";

const ICONS = {
  arrow,
  back,
  check,
  clear,
  close,
  console,
  draw,
  end,
  eye,
  fit,
  forward,
  help,
  full,
  high,
  highlight,
  keyboard,
  laser,
  low,
  medium,
  minus,
  notes,
  offline,
  plus,
  pointer,
  rectangle,
  reload,
  tabs,
};

export type IconName = keyof typeof ICONS;

export const Icon = ({ name }: { name: IconName }) => <Drawn svg={ICONS[name]} />;

/** The mark: two overlapping panes. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <rect x="2" y="3.5" width="13" height="12" rx="2.5" class="mark-back" />
      <rect x="9" y="8.5" width="13" height="12" rx="2.5" class="mark-front" />
    </svg>
  );
}
