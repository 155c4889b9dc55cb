/** Cuts JavaScript into tokens, far enough to tell names, strings, regular expressions and brackets apart. */

export interface Token {
  /** w: name or keyword; s: string; n: number; r: regular expression; p: everything else. */
  readonly kind: "w" | "s" | "n" | "r" | "p";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Index of the bracket around it, or -1. */
  readonly open: number;
  /** Index of a bracket's partner, or -1. */
  match: number;
  /** For `{`: whether it opens statements (or a class), not an object. */
  readonly block: boolean;
}

const SPACE = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)+/y;
const PARTS: readonly [Token["kind"], RegExp][] = [
  ["w", /#?(?:[\p{ID_Start}$_]|\\u\{?[\da-fA-F]+\}?)(?:[\p{ID_Continue}$\u200c\u200d]|\\u\{?[\da-fA-F]+\}?)*/uy],
  ["n", /0[xobXOB][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?n?/y],
  ["s", /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
  ["p", /\.\.\.|\?\.(?!\d)|=>|[=!]==?|>>>=?|<<=?|>>=?|(?:\*\*|&&|\|\||\?\?)=?|\+\+|--|[-+*/%&|^<>]=|[\s\S]/y],
];
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const CHUNK = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
export const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
/** After these an operand begins. */
export const KEYWORDS = words(
  "return typeof instanceof in new delete void throw case do else yield await if while for with switch var let const export default extends finally try",
);
const HEADS = words("if while for with");
const BLOCKS = words("else do try finally");
const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

/** Whether a value ends with this token, so that what follows is an operator. */
export function endsValue(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (!token) return false;
  if (token.kind !== "p") return token.kind !== "w" || tokens[index - 1]?.text === "." || !KEYWORDS.has(token.text);
  if (token.text === ")") return !isHead(tokens, token.match);
  if (token.text === "}") return !tokens[token.match]?.block;
  return (
    token.text === "]" || token.text === "++" || token.text === "--" || (token.text === "`" && token.match < index)
  );
}

function isHead(tokens: readonly Token[], open: number): boolean {
  return HEADS.has(tokens[open - 1]?.text ?? "") && tokens[open - 2]?.text !== ".";
}

function isBlock(tokens: readonly Token[], index: number, open: number): boolean {
  const before = tokens[index - 1];
  if (!before || /^(?:\)|;|\{|\}|=>)$/.test(before.text)) return true;
  if (before.text === ":") return followsCase(tokens, index - 2, open);
  return before.kind === "w" && (!KEYWORDS.has(before.text) || BLOCKS.has(before.text));
}

function followsCase(tokens: readonly Token[], from: number, open: number): boolean {
  if (open >= 0 && !tokens[open]?.block) return false;
  for (let at = from; at > open; at--) {
    const token = tokens[at] as Token;
    if (token.match >= 0) at = token.match;
    else if (token.text === "?") return false;
    else if (/^(?:case|default|;)$/.test(token.text)) return true;
  }
  return true;
}

/** Return the tokens, or null where brackets do not match: then nothing is known of the code. */
export function tokensOf(code: string): Token[] | null {
  const tokens: Token[] = [];
  const opened: number[] = [];
  let at = 0;
  const add = (kind: Token["kind"], end: number): void => {
    const text = code.slice(at, end);
    const index = tokens.length;
    const open = opened.at(-1) ?? -1;
    const block = text === "{" && isBlock(tokens, index, open);
    tokens.push({ kind, text, start: at, end, open, match: -1, block });
    at = end;
  };
  const close = (): void => {
    const index = tokens.length - 1;
    const partner = opened.pop() as number;
    (tokens[partner] as Token).match = index;
    (tokens[index] as Token).match = partner;
  };
  const template = (): boolean => {
    const end = ended(CHUNK, code, at);
    if (end < 0) return false;
    at = code[end - 1] === "`" ? end - 1 : end - 2;
    add("p", end);
    if (code[end - 1] === "`") close();
    else opened.push(tokens.length - 1);
    return true;
  };
  while (at < code.length) {
    const space = ended(SPACE, code, at);
    if (space >= 0) {
      at = space;
      continue;
    }
    const regex = code[at] === "/" && !endsValue(tokens, tokens.length - 1) ? ended(REGEX, code, at) : -1;
    if (regex >= 0) {
      add("r", regex);
      continue;
    }
    const [kind, end] = part(code, at);
    add(kind, end);
    if (kind !== "p") continue;
    const text = code.slice(end - 1, end);
    if (text === '"' || text === "'") return null;
    if (tokens.at(-1)?.text.length !== 1) continue;
    if (text === "(" || text === "[" || text === "{" || text === "`") {
      opened.push(tokens.length - 1);
      if (text === "`" && !template()) return null;
    } else if (text === ")" || text === "]" || text === "}") {
      const partner = tokens[opened.at(-1) ?? -1]?.text;
      if (partner !== (CLOSES[text] ?? "{") && !(text === "}" && partner === "${")) return null;
      close();
      if (partner === "${" && !template()) return null;
    }
  }
  return opened.length === 0 ? tokens : null;
}

function ended(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : -1;
}

function part(code: string, at: number): [Token["kind"], number] {
  for (const [kind, pattern] of PARTS) {
    const end = ended(pattern, code, at);
    if (end >= 0) return [kind, end];
  }
  return ["p", at + 1];
}
