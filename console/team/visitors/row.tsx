// biome-ignore-all lint/a11y/useSemanticElements: a grid whose rows stand anywhere in it is no table element; it has the focus, its rows and cells do not
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid whose rows stand anywhere in it is no table element; it has the focus, its rows and cells do not
// biome-ignore-all lint/a11y/useKeyWithClickEvents: a grid whose rows stand anywhere in it is no table element; it has the focus, its rows and cells do not
/** One visitor of the list. It redraws itself when its visitor changes, and the list does not. */
import { Icon } from "../icons.tsx";
import { Badge } from "../parts/controls.tsx";
import { Time } from "../parts/time.tsx";
import { useMay } from "../state/desk.ts";
import { WORDS } from "../words.ts";
import { rowId } from "./grid.tsx";
import type { Shown } from "./shown.ts";

interface RowProps {
  index: number;
  top: number;
  rowAt: (index: number) => Shown | null;
  version: number;
  chosen: boolean;
  onChoose: () => void;
  open: (row: Shown, starts: boolean) => void;
}

export function Row({ index, top, rowAt, chosen, onChoose, open }: RowProps) {
  const row = rowAt(index);
  const style = { transform: `translateY(${top}px)` };
  if (!row) return <div class="row waits" role="row" aria-rowindex={index + 2} style={style} aria-busy="true" />;
  return (
    <div
      class={`row cells ${row.waits ? "asks" : ""}`}
      id={rowId(row.id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      style={style}
      onClick={(event) => {
        onChoose();
        if (!(event.target as HTMLElement).closest("a, button")) open(row, false);
      }}
    >
      <Who row={row} />
      <Where row={row} />
      <span role="gridcell" class="cell soft">
        {row.place}
      </span>
      <span role="gridcell" class="cell soft">
        {row.device}
      </span>
      <span role="gridcell" class="cell soft figures">
        <Time at={row.at} />
      </span>
      <span role="gridcell" class="cell act">
        <Start row={row} open={open} />
      </span>
    </div>
  );
}

function Who({ row }: { row: Shown }) {
  return (
    <span role="gridcell" class="cell who">
      <span class={`dot ${row.waits ? "warn" : row.isOnline ? "live" : ""}`} />
      <span class="two">
        <span class="first-line">
          <a href={`/console/visitors/${row.id}`} tabIndex={-1}>
            {row.name}
          </a>
          {row.waits && <Badge look="warn">{WORDS.visitors.waits}</Badge>}
          {row.inSession && (
            <Badge look="accent">
              {row.agents.length > 0 ? WORDS.visitors.with(row.agents.join(", ")) : WORDS.visitors.inSession}
            </Badge>
          )}
          {row.tags.slice(0, 3).map((tag) => (
            <span key={tag} class="tag">
              {tag}
            </span>
          ))}
        </span>
        <span class="second-line figures">{row.ids}</span>
      </span>
    </span>
  );
}

function Where({ row }: { row: Shown }) {
  return (
    <span role="gridcell" class="cell two">
      <span class="first-line">{row.prompt || row.title}</span>
      <span class="second-line">
        <bdi>{row.address}</bdi>
      </span>
    </span>
  );
}

function Start({ row, open }: { row: Shown; open: RowProps["open"] }) {
  if (!useMay("POST /visitors/{short_id}/watch") || !row.isOnline) return null;
  const name = row.inSession ? WORDS.visitors.joinWith(row.name) : WORDS.visitors.startWith(row.name);
  return (
    <button type="button" class="button small" tabIndex={-1} aria-label={name} onClick={() => open(row, true)}>
      <Icon name="watch" />
      <span>{row.inSession ? WORDS.visitors.join : WORDS.visitors.start}</span>
    </button>
  );
}
