/**
 * Forms of elements (SPEC F5): kind, tag and names of attributes. Elements of one form come by the hundred, so a form is told once and
 * then by its number, which both sides count.
 */

export interface Form {
  /** A NodeKind of elements: HTML, SVG or MathML. */
  readonly kind: number;
  readonly tag: string;
  readonly names: readonly string[];
}

/** Beyond so many, new forms get no number: a page that makes up names must not fill anybody's memory. */
export const FORMS_MAX = 5000;

/** The way from a kind and tag, name after name, to a form's number; -1 until it was told. */
export interface Step {
  number: number;
  next: Map<string, Step> | null;
}

/** Numbers the forms that one side tells. */
export class Forms {
  readonly #kinds: Step[] = [];
  #count = 0;

  /** Return where the forms of a kind and tag begin. */
  begin(kind: number, tag: string): Step {
    let step = this.#kinds[kind];
    if (!step) {
      step = { number: -1, next: null };
      this.#kinds[kind] = step;
    }
    return stepTo(step, tag);
  }

  /** Number a form that is told for the first time. */
  add(form: Step): void {
    if (this.#count < FORMS_MAX) form.number = this.#count++;
  }
}

/** Return the step that one more name leads to. */
export function stepTo(from: Step, name: string): Step {
  from.next ??= new Map();
  let step = from.next.get(name);
  if (!step) {
    step = { number: -1, next: null };
    from.next.set(name, step);
  }
  return step;
}
