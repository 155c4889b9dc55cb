/** Icons of the one kept set (lucide-static, ISC), drawn element by element: the console's policy allows no markup from text. */

import back from "lucide-static/icons/arrow-left.svg";
import check from "lucide-static/icons/check.svg";
import help from "lucide-static/icons/circle-question-mark.svg";
import copy from "lucide-static/icons/copy.svg";
import data from "lucide-static/icons/database.svg";
import more from "lucide-static/icons/ellipsis.svg";
import out from "lucide-static/icons/external-link.svg";
import watch from "lucide-static/icons/eye.svg";
import hand from "lucide-static/icons/hand.svg";
import sessions from "lucide-static/icons/history.svg";
import keys from "lucide-static/icons/key-round.svg";
import live from "lucide-static/icons/layout-grid.svg";
import leave from "lucide-static/icons/log-out.svg";
import add from "lucide-static/icons/plus.svg";
import visitors from "lucide-static/icons/radio-tower.svg";
import audit from "lucide-static/icons/scroll-text.svg";
import search from "lucide-static/icons/search.svg";
import settings from "lucide-static/icons/settings-2.svg";
import code from "lucide-static/icons/square-asterisk.svg";
import note from "lucide-static/icons/sticky-note.svg";
import trash from "lucide-static/icons/trash-2.svg";
import alert from "lucide-static/icons/triangle-alert.svg";
import members from "lucide-static/icons/users.svg";
import webhooks from "lucide-static/icons/webhook.svg";
import close from "lucide-static/icons/x.svg";
import { shapesOf } from "../drawn.tsx";

const ICONS = {
  add,
  alert,
  audit,
  back,
  check,
  close,
  code,
  copy,
  data,
  hand,
  help,
  keys,
  leave,
  live,
  members,
  more,
  note,
  out,
  search,
  sessions,
  settings,
  trash,
  visitors,
  watch,
  webhooks,
};

export type IconName = keyof typeof ICONS;

/** Draw an icon; it is decoration, its control has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      {shapesOf(ICONS[name])}
    </svg>
  );
}

/** The mark: two overlapping panes. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <rect x="2" y="3.5" width="13" height="12" rx="2.5" class="mark-back" />
      <rect x="9" y="8.5" width="13" height="12" rx="2.5" class="mark-front" />
    </svg>
  );
}
