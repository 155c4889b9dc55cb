/** Agents' drawings that the page shows (SPEC D3); those of an earlier epoch are gone when another begins. */
import { POINTS_MAX, SHAPES } from "#ink/shapes";
import { BadFacts, type FactReader, Op } from "#protocol/facts";
import type { MarkTold } from "../ports.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

function readPoints(facts: FactReader, before: readonly number[]): number[] {
  const count = readCount(facts);
  if (before.length + count > POINTS_MAX) throw new BadFacts("a drawing of too many points");
  return [...before, ...Array.from({ length: count }, () => facts.num())];
}

export function startMarks({ nodes, options }: Mirror): Kinds {
  const told = new Map<string, MarkTold>();
  options.onMarks?.(told);

  function tell(key: string, mark: MarkTold): void {
    told.set(key, mark);
    options.onMarks?.(told, key);
  }

  return {
    [Op.Mark]: (facts) => {
      const [agent, number] = [facts.str(), facts.num()];
      const element = nodes.element(facts.num());
      const shape = SHAPES[facts.num()];
      if (!shape) throw new BadFacts("no such shape");
      const color = `#${(facts.num() & 0xffffff).toString(16).padStart(6, "0")}`;
      tell(`${agent} ${number}`, { element, shape, color, points: readPoints(facts, []) });
    },
    [Op.MarkMore]: (facts) => {
      const key = `${facts.str()} ${facts.num()}`;
      const known = told.get(key);
      if (!known) throw new BadFacts(`no drawing ${key}`);
      tell(key, { ...known, points: readPoints(facts, known.points) });
    },
    [Op.MarkGone]: (facts) => {
      const key = `${facts.str()} ${facts.num()}`;
      told.delete(key);
      options.onMarks?.(told, key);
    },
  };
}
