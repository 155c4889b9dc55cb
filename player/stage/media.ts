/**
 * Media features as the visitor's device answers them. The agent's browser would answer for the agent's screen, so a condition is
 * written as one that is always true or never: a bound on the width below zero, whose number remembers what the page asked. When the
 * device changes, the numbers lead back to the questions.
 */
const NAMES =
  "prefers-[a-z-]+|forced-colors|inverted-colors|(?:any-)?(?:hover|pointer)|color-gamut|(?:video-)?dynamic-range|update|scripting|display-mode";
const MEASURES = "(?:min-|max-)?(?:resolution|device-width|device-height)|-webkit-(?:min-|max-)?device-pixel-ratio";
const STRING = String.raw`"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'`;
const CONDITION = new RegExp(
  String.raw`\/\*[\s\S]*?\*\/|${STRING}|(?:(?<![-\w])|(?<=@media))\((?<asked>\s*(?:(?:${NAMES}|${MEASURES})\s*(?::[^()]*)?|[^()]*[<>=][^()]*)\s*)\)`,
  "gi",
);
const WORTH_A_LOOK = new RegExp(`${NAMES}|${MEASURES}`, "i");
const ANSWERED = /\((?:min|max)-width:\s*-(\d+)px\)/g;
/** No page asks for so little. */
const FIRST = 7001;
const NO = new Set(["none", "no-preference", "0", ""]);
const DPPX: Record<string, number> = { dppx: 1, x: 1, dpi: 1 / 96, dpcm: 2.54 / 96, px: 1, em: 16, rem: 16, "": 1 };
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
};

function numberOf(text: string): number {
  const [, number = "", unit = ""] = /^([\d.]+)([a-z]*)$/i.exec(text.trim()) ?? [];
  return Number.parseFloat(number) * (DPPX[unit.toLowerCase()] ?? Number.NaN);
}

export class MediaAnswers {
  readonly #values = new Map<string, string>();
  readonly #asked: string[] = [];

  /** Take what the device says of a feature: all values that match, with spaces between. */
  set(feature: string, values: string): void {
    this.#values.set(feature, values);
  }

  /** Return CSS text, or a media query list, with what is known answered. */
  rewrite(css: string): string {
    if (!WORTH_A_LOOK.test(css)) return css;
    return css.replace(CONDITION, (whole, ...found) => {
      const { asked } = found.at(-1) as { asked?: string };
      const answer = asked === undefined ? null : this.#answer(asked);
      if (asked === undefined || answer === null) return whole;
      const known = this.#asked.indexOf(asked);
      return written(known < 0 ? this.#asked.push(asked) - 1 : known, answer);
    });
  }

  /** Return a text that was rewritten before with the answers of now. */
  again(css: string): string {
    return css.replace(ANSWERED, (whole, number) => {
      const asked = this.#asked[Number(number) - FIRST];
      const answer = asked === undefined ? null : this.#answer(asked);
      return answer === null ? whole : written(Number(number) - FIRST, answer);
    });
  }

  /** The answer to what stands between the parentheses; null when it is not known here. */
  #answer(asked: string): boolean | null {
    const text = asked.trim().toLowerCase();
    if (/[<>=]/.test(text)) return this.#range(text);
    const [name = "", value] = text.split(/\s*:\s*/);
    const measured = this.#measure(name.replace(/(?:min|max)-/, ""));
    if (measured !== null) {
      if (value === undefined) return true;
      const bound = numberOf(value);
      if (Number.isNaN(bound)) return null;
      return name.includes("min-") ? measured >= bound : name.includes("max-") ? measured <= bound : measured === bound;
    }
    const values = this.#values.get(name)?.split(" ");
    if (!values) return null;
    return value === undefined ? values.some((one) => !NO.has(one)) : values.includes(value);
  }

  #range(text: string): boolean | null {
    const parts = text.split(/\s*(<=|>=|<|>|=)\s*/);
    let all = true;
    for (let i = 0; i + 2 < parts.length; i += 2) {
      const sides = [parts[i] ?? "", parts[i + 2] ?? ""].map((side) => this.#measure(side) ?? numberOf(side));
      const compare = COMPARE[parts[i + 1] ?? ""];
      if (!compare || sides.some(Number.isNaN)) return null;
      all &&= compare(sides[0] as number, sides[1] as number);
    }
    return parts.some((part) => this.#measure(part) !== null) ? all : null;
  }

  #measure(name: string): number | null {
    const value = /^(?:resolution|device-width|device-height|-webkit-device-pixel-ratio)$/.test(name)
      ? this.#values.get(name === "-webkit-device-pixel-ratio" ? "resolution" : name)
      : undefined;
    return value === undefined ? null : Number(value);
  }
}

function written(index: number, answer: boolean): string {
  return `(${answer ? "min" : "max"}-width:-${index + FIRST}px)`;
}
