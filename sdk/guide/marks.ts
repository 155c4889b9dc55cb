/** The drawings of all agents in this page, while they last (SPEC D3, D4). */
import { MARKS_MAX, POINTS_MAX, type Shape } from "#ink/shapes";
import type { Draw, RefusalCode } from "#protocol/messages";

export interface Mark {
  readonly agent: string;
  readonly number: number;
  readonly element: Element;
  readonly shape: Shape;
  /** `#rrggbb` */
  readonly color: string;
  readonly points: readonly number[];
  /** Of the points so many came with the last change; all of them when it is told from the start. */
  readonly added: number;
}

export interface MarksOptions {
  /** 0: for ever. */
  ttlMs: number;
  /** Runs once after a time; returns the way to stop. */
  after(ms: number, run: () => void): () => void;
  /** The mark is new or has changed; null: it is gone. */
  onChange(key: string, mark: Mark | null): void;
}

export class Marks {
  readonly #options: MarksOptions;
  readonly #marks = new Map<string, { mark: Mark; stop: () => void }>();

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  get all(): ReadonlyMap<string, { readonly mark: Mark }> {
    return this.#marks;
  }

  /** Take a wish in; null when done, else why not. */
  draw(agent: { id: string; color: string }, element: Element, wish: Draw): RefusalCode | null {
    const key = `${agent.id} ${wish.mark}`;
    const { points = [], shape, mark: number } = wish;
    const known = this.#marks.get(key);
    if (!wish.more) {
      const added = points.length;
      this.#set(key, { agent: agent.id, number, element, shape, color: agent.color, points, added });
      this.#keepBound(agent.id);
      return null;
    }
    const all = [...(known?.mark.points ?? []), ...points];
    if (known?.mark.element !== element || all.length > POINTS_MAX) return "not_possible";
    this.#set(key, { ...known.mark, points: all, added: points.length });
    return null;
  }

  /** Forget those marks that `isGone` says of. */
  drop(isGone: (mark: Mark) => boolean): void {
    for (const [key, { mark, stop }] of [...this.#marks]) {
      if (!isGone(mark)) continue;
      stop();
      this.#marks.delete(key);
      this.#options.onChange(key, null);
    }
  }

  #set(key: string, mark: Mark): void {
    const { ttlMs, after, onChange } = this.#options;
    this.#marks.get(key)?.stop();
    const stop = ttlMs > 0 ? after(ttlMs, () => this.drop((one) => one === mark)) : () => undefined;
    this.#marks.set(key, { mark, stop });
    onChange(key, mark);
  }

  #keepBound(agent: string): void {
    const own = [...this.#marks.values()].filter(({ mark }) => mark.agent === agent);
    const oldest = own.length > MARKS_MAX ? own[0]?.mark : null;
    if (oldest) this.drop((mark) => mark === oldest);
  }
}
