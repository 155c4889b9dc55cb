/** Wraps values in a script where `location` and its kind would tell the proxy's address (SPEC Y). Rules as in `rewrite/js.py`. */
import { endsValue, KEYWORDS, type Token, tokensOf, words } from "./lexer.ts";

const TRIGGER = /location|\btop\b|\bimport\b|\beval\b|postMessage|\bfrom\b|\b(?:window|self|globalThis|document)\s*\[/;
const ASSIGNS = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/;
const EQUALS = /^[!=]==?$/;
/** After these a name cannot be put into a call. */
const CALLED = /^(?:\(|`|\+\+|--)$/;
const LIST = /^[{,([]$|^\.\.\.$/;
/** A name after one of these is no value. */
const NAMES = words("function class var let const");
const NO_VALUE = words("import as break continue new delete typeof get set static async ++ --");
const WINDOWS = words("window self globalThis parent frames defaultView contentWindow opener");
/** Of these, members by computed keys and `eval` are looked at. */
const OWN = /^(?:window|self|globalThis|document)$/;
const OF_WINDOW = words("location self document frames postMessage");

type Role = "read" | "assign" | "shorthand" | "declared" | "none";

const HELPER = /__tp\$(?:G\.|[A-Z]\()|[()]/g;

/** Return code (or HTML with code in it) as it was before its values were wrapped. */
export function unwrapped(text: string): string {
  if (!text.includes("__tp$")) return text;
  const closing: string[] = [];
  return text.replace(HELPER, (found) => {
    if (found === ")") return closing.pop() ?? found;
    if (found.endsWith("(")) closing.push(found === "(" ? ")" : "");
    return found === "(" ? found : "";
  });
}

/** Return the code with its values wrapped; unchanged where it cannot be read. `encode` is for module addresses. */
export function rewriteScript(code: string, encode: (url: string) => string): string {
  if (!TRIGGER.test(code)) return code;
  const tokens = tokensOf(code);
  return tokens ? new Rewriting(code, tokens, encode).run() : code;
}

class Rewriting {
  readonly #code: string;
  readonly #tokens: readonly Token[];
  readonly #encode: (url: string) => string;
  readonly #opens = new Map<number, string>();
  readonly #closes = new Map<number, string>();
  readonly #replaced = new Map<number, Token & { by: string }>();

  constructor(code: string, tokens: readonly Token[], encode: (url: string) => string) {
    this.#code = code;
    this.#tokens = tokens;
    this.#encode = encode;
  }

  run(): string {
    const assigned: number[] = [];
    let isLocal = false;
    this.#tokens.forEach((token, index) => {
      if (token.kind === "s") this.#string(token, index);
      if (token.kind !== "w") return;
      if (token.text === "location") {
        const role = this.#name(index, "__tp$L");
        if (role === "assign") assigned.push(index);
        isLocal ||= role === "declared";
      } else if (token.text === "top") this.#name(index, "__tp$T");
      else if (token.text === "import" && !this.#isMember(index)) {
        if (this.#text(index + 2) === "meta") this.#wrap(index, index + 2, "__tp$U");
        else this.#firstArgument(index, "__tp$I(");
      } else if (token.text === "eval") this.#eval(index);
      else if (token.text === "postMessage") this.#postMessage(index);
      else if (OWN.test(token.text)) this.#computed(index + 1);
    });
    for (const index of isLocal ? [] : assigned) this.#open(index, "__tp$G.");
    return this.#written();
  }

  #text(index: number): string {
    return this.#tokens[index]?.text ?? "";
  }

  #open(index: number, text: string): void {
    const { start } = this.#tokens[index] as Token;
    // Later ones begin the longer expressions.
    this.#opens.set(start, text + (this.#opens.get(start) ?? ""));
  }

  #close(index: number, text = ")"): void {
    const { end } = this.#tokens[index] as Token;
    this.#closes.set(end, (this.#closes.get(end) ?? "") + text);
  }

  #wrap(from: number, to: number, by: string): void {
    this.#open(from, `${by}(`);
    this.#close(to);
  }

  #written(): string {
    const places = new Set([...this.#opens.keys(), ...this.#closes.keys(), ...this.#replaced.keys()]);
    let done = 0;
    let out = "";
    for (const place of [...places].sort((a, b) => a - b)) {
      out += this.#code.slice(done, place) + (this.#closes.get(place) ?? "") + (this.#opens.get(place) ?? "");
      const replaced = this.#replaced.get(place);
      out += replaced?.by ?? "";
      done = replaced?.end ?? place;
    }
    return out + this.#code.slice(done);
  }

  // ---- names --------------------------------------------------------------------------------------

  #isMember(index: number): boolean {
    return this.#text(index - 1) === "." || this.#text(index - 1) === "?.";
  }

  #name(index: number, by: "__tp$L" | "__tp$T"): Role {
    this.#source(this.#tokens[index] as Token);
    if (this.#isMember(index)) {
      if (by === "__tp$L" || this.#isTop(index)) this.#member(index - 1, index, by);
      return "none";
    }
    const role = this.#role(index);
    if (role === "read") this.#wrap(index, index, by);
    if (role === "shorthand") this.#close(index, `:${by}(${this.#text(index)})`);
    return role;
  }

  /** `= window` behind a pattern with the name in it. */
  #source({ open }: Token): void {
    const from = (this.#tokens[open]?.match ?? -3) + 2;
    if (this.#text(open) !== "{" || this.#text(from - 1) !== "=") return;
    let to = from;
    while (this.#text(to + 1) === ".") to += 2;
    const { kind, text, start } = this.#tokens[to] ?? ({} as Partial<Token>);
    if (kind !== "w" || !(WINDOWS.has(text as string) || OWN.test(text as string))) return;
    const after = this.#tokens[to + 1];
    if (
      (after && after.kind !== "w" && !/^[,;)}]$/.test(after.text)) ||
      this.#closes.has((start as number) + (text as string).length)
    )
      return;
    this.#wrap(from, to, "__tp$P");
  }

  /** `window[key]`, by the bracket. */
  #computed(bracket: number): void {
    const { text, match } = this.#tokens[bracket] ?? ({} as Partial<Token>);
    const isPlain = match === bracket + 2 && /[sn]/.test((this.#tokens[bracket + 1] as Token).kind);
    if (text === "[" && !isPlain && !this.#isMember(bracket - 1)) this.#member(bracket, match as number, "__tp$T");
  }

  #isTop(index: number): boolean {
    const before = this.#tokens[index - 2];
    const after = this.#text(index + 1);
    if (before?.kind === "w" && WINDOWS.has(before.text)) return true;
    if (EQUALS.test(after) || (after === "." && OF_WINDOW.has(this.#text(index + 2)))) return true;
    return EQUALS.test(this.#text(this.#chainStart(index - 2) - 1));
  }

  /** `x.location`, `x?.location` and `x["location"]`: dot (or bracket) and last token of the member. */
  #member(dot: number, end: number, by: "__tp$L" | "__tp$T"): void {
    const start = this.#chainStart(dot - 1);
    const after = this.#text(end + 1);
    const { open } = this.#tokens[end] as Token;
    // Where a value is put no call may stand.
    if (/^(?:[[,:(]|\.\.\.)$/.test(this.#text(start - 1)) && (after === "of" || (open >= 0 && this.#isPattern(open))))
      return;
    if (start < 0 || CALLED.test(after) || /^(?:\+\+|--|delete)$/.test(this.#text(start - 1))) return;
    const isOptional = this.#text(dot) === "?.";
    if (isOptional || ASSIGNS.test(after)) {
      if (by === "__tp$L" && this.#text(start) !== "super") this.#wrap(start, dot - 1, "__tp$P");
    } else this.#wrap(start, end, by);
  }

  /** Index of the first token of the member expression that ends at `at`; -1 for one to be left alone. */
  #chainStart(at: number): number {
    const tokens = this.#tokens;
    let hasCall = false;
    for (let end = at; ; ) {
      const token = tokens[end];
      if (!token || token.text === "}" || token.text === "`") return -1;
      let start = end;
      if (token.text === ")" || token.text === "]") {
        start = token.match;
        if (endsValue(tokens, start - 1)) {
          hasCall ||= token.text === ")";
          end = start - 1;
          continue;
        }
      } else if (token.kind === "p") return -1;
      const before = this.#text(start - 1);
      if (before === "?.") return -1;
      if (before === ".") {
        end = start - 2;
        continue;
      }
      if (token.kind === "w" && KEYWORDS.has(token.text)) return -1;
      if (before !== "new") return start;
      return hasCall ? start - 1 : -1;
    }
  }

  /** What a bare name is where it stands. */
  #role(index: number): Role {
    const token = this.#tokens[index] as Token;
    const before = this.#text(index - 1);
    const after = this.#text(index + 1);
    if (NAMES.has(before)) return "declared";
    if (after === "=>") return "declared";
    if (NO_VALUE.has(before) || CALLED.test(after)) return "none";
    if (after === ":" && /^[{,;})]?$/.test(before)) return "none";
    if (after === "as" || (after === "of" && before === "(")) return "none";
    const inside = this.#listed(token, before, after);
    if (inside) return inside;
    if (before === "," && this.#isDeclared(index)) return "declared";
    return ASSIGNS.test(after) ? "assign" : "read";
  }

  /** The role of a name in an object, class, pattern or list of parameters. */
  #listed(token: Token, before: string, after: string): Role | null {
    const open = this.#tokens[token.open];
    if (!open || !(LIST.test(before) || before === ":" || before === ";" || before === "}")) return null;
    if (open.text === "(") return before !== ":" && this.#isParameters(token.open) ? "declared" : null;
    if (open.text === "[") return this.#isPattern(token.open) ? "declared" : null;
    if (open.text !== "{") return null;
    if (/^(?:import|export)$/.test(this.#text(token.open - 1)) || this.#text(open.match + 1) === "from") return "none";
    if (open.block) return before !== "," && before !== ":" && this.#isClass(token.open) ? "none" : null;
    if (this.#isPattern(token.open)) return "declared";
    if (before !== "{" && before !== ",") return null;
    return ASSIGNS.test(after) ? "none" : "shorthand";
  }

  #isClass(open: number): boolean {
    for (let at = open - 1; at > open - 12 && at >= 0; at--) {
      const { text, match } = this.#tokens[at] as Token;
      if (text === "class") return true;
      if (match >= 0 && match < at) at = match;
      else if (/^[;{}()=>]/.test(text)) return false;
    }
    return false;
  }

  #isParameters(open: number): boolean {
    const after = this.#text((this.#tokens[open] as Token).match + 1);
    return after === "=>" || (after === "{" && !/^(?:if|while|for|switch|with)$/.test(this.#text(open - 1)));
  }

  #isPattern(index: number): boolean {
    const tokens = this.#tokens;
    const open = tokens[index] as Token;
    const before = this.#text(index - 1);
    if (open.text === "[" && endsValue(tokens, index - 1)) return false;
    if (NAMES.has(before) || /^(?:=|of)$/.test(this.#text(open.match + 1))) return true;
    const outer = tokens[open.open];
    if (!outer || !(LIST.test(before) || before === ":")) return false;
    if (outer.text === "(") return this.#isParameters(open.open);
    return (outer.text === "[" || (outer.text === "{" && !outer.block)) && this.#isPattern(open.open);
  }

  /** Whether a name behind a comma is one more of `var a, b`. */
  #isDeclared(index: number): boolean {
    const { open } = this.#tokens[index] as Token;
    for (let at = index - 1; at > open; at--) {
      const { text, match } = this.#tokens[at] as Token;
      if (match >= 0) at = match;
      else if (text === ";") return false;
      else if (/^(?:var|let|const)$/.test(text)) return true;
    }
    return false;
  }

  // ---- calls --------------------------------------------------------------------------------------

  /** Wrap the first argument of a call; false where it is none. */
  #firstArgument(name: number, by: string): boolean {
    const open = this.#tokens[name + 1];
    if (open?.text !== "(" || open.match === name + 2) return false;
    if (this.#text(open.match + 1) === "{" || this.#text(name - 1) === "function") return false;
    this.#open(name + 2, by);
    this.#close(this.#comma(name + 1) - 1);
    return true;
  }

  /** Index of the first comma between brackets, or of the closing one. */
  #comma(open: number): number {
    const { match } = this.#tokens[open] as Token;
    for (let at = open + 1; at < match; at++) {
      const token = this.#tokens[at] as Token;
      if (token.match > at) at = token.match;
      else if (token.text === ",") return at;
    }
    return match;
  }

  #eval(index: number): void {
    if (this.#text(index - 1) === "." && OWN.test(this.#text(index - 2)) && !this.#isMember(index - 2)) {
      if (!ASSIGNS.test(this.#text(index + 1))) this.#wrap(index - 2, index, "__tp$V");
      return;
    }
    if (this.#isMember(index) || this.#firstArgument(index, "__tp$E(")) return;
    if (this.#role(index) === "read") this.#wrap(index, index, "__tp$V");
  }

  #postMessage(index: number): void {
    const open = this.#tokens[index + 1];
    if (!this.#isMember(index) || open?.text !== "(") return;
    const comma = this.#comma(index + 1);
    if (comma === open.match || this.#text(comma + 1) === "[") return;
    const start = this.#chainStart(index - 2);
    if (start >= 0 && this.#text(start) !== "super") this.#wrap(start, index - 2, "__tp$M");
  }

  #string(token: Token, index: number): void {
    const text = token.text.slice(1, -1);
    const before = this.#tokens[index - 1];
    if (before?.text === "[" && text === "location" && this.#text(index + 1) === "]") {
      if (endsValue(this.#tokens, index - 2)) this.#member(index - 1, index + 1, "__tp$L");
      return;
    }
    if (before?.kind !== "w" || (before.text !== "from" && before.text !== "import") || this.#isMember(index - 1))
      return;
    const encoded = this.#encode(text);
    if (encoded !== text) this.#replaced.set(token.start, { ...token, by: JSON.stringify(encoded) });
  }
}
