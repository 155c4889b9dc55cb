/** Tells the agents which drawings the page shows, in each epoch anew (SPEC D3). */
import { SHAPES } from "#ink/shapes";
import { Op } from "#protocol/facts";
import type { StartKind } from "../capture/context.ts";
import type { Mark, Marks } from "./marks.ts";

export interface Telling {
  /** One kind of capture more. */
  readonly start: StartKind;
  /** A drawing has changed. */
  soon(): void;
}

export function createTelling(marks: Marks): Telling {
  let soon = (): void => undefined;
  const start: StartKind = (context) => {
    const { facts, mask, numbers } = context;
    const told = new Map<string, { mark: Mark; id: number }>();

    function tell(key: string, mark: Mark): void {
      const id = numbers.idOf(mark.element);
      const before = told.get(key);
      // A node that is not told yet: the walk gets there.
      if (id === undefined || (before?.mark === mark && before.id === id)) return;
      told.set(key, { mark, id });
      const { agent, number, shape, color, points } = mark;
      const known = before?.id === id && before.mark.element === mark.element ? before.mark.points.length : 0;
      const grew =
        known > 0 && mark.added < points.length && before?.mark.shape === shape && before.mark.color === color;
      facts.slots.push(grew ? Op.MarkMore : Op.Mark);
      facts.str(mask.own(agent));
      facts.slots.push(number);
      if (!grew) facts.slots.push(id, SHAPES.indexOf(shape), Number.parseInt(color.slice(1), 16));
      const news = grew ? points.slice(known) : points;
      facts.slots.push(news.length, ...news);
    }

    soon = () => context.soon();
    context.onBatch(() => {
      marks.drop(({ element }) => !element.isConnected || !element.ownerDocument.defaultView);
      for (const [key, { mark }] of marks.all) tell(key, mark);
      for (const [key, { mark }] of told) {
        if (marks.all.has(key)) continue;
        told.delete(key);
        facts.slots.push(Op.MarkGone);
        facts.str(mask.own(mark.agent));
        facts.slots.push(mark.number);
      }
    });
    context.soon();
    return () => undefined;
  };
  return { start, soon: () => soon() };
}
