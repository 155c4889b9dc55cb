/** What a place says when there is nothing in it: a picture of two panes, a sentence, and what to do. */
import type { ComponentChildren } from "preact";

interface EmptyProps {
  title: string;
  detail?: ComponentChildren;
  tone?: "soft" | "danger";
  children?: ComponentChildren;
}

export function Empty({ title, detail, tone = "soft", children }: EmptyProps) {
  return (
    <div class={`empty ${tone}`}>
      <svg viewBox="0 0 120 76" width="120" height="76" aria-hidden="true">
        <rect x="14" y="4" width="60" height="44" rx="6" class="pane-back" />
        <rect x="46" y="28" width="60" height="44" rx="6" class="pane-front" />
        <path class="pane-line" d="M46 38h60M52 33h2M56 33h2" />
      </svg>
      <h2>{title}</h2>
      {detail && <p>{detail}</p>}
      {children && <div class="empty-acts">{children}</div>}
    </div>
  );
}
