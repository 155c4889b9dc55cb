/** What a keyboard says about a key (UI Events: key, code; and the legacy keyCode that many pages still read). */

const KEY_CODES: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Shift: 16,
  Control: 17,
  Alt: 18,
  Pause: 19,
  CapsLock: 20,
  Escape: 27,
  " ": 32,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Insert: 45,
  Delete: 46,
  Meta: 91,
  ContextMenu: 93,
};

/** Keys that carry a sign: `[unshifted, shifted]` of a US keyboard, its code and its keyCode. */
const SIGNS: readonly [string, string, number][] = [
  [";:", "Semicolon", 186],
  ["=+", "Equal", 187],
  [",<", "Comma", 188],
  ["-_", "Minus", 189],
  [".>", "Period", 190],
  ["/?", "Slash", 191],
  ["`~", "Backquote", 192],
  ["[{", "BracketLeft", 219],
  ["\\|", "Backslash", 220],
  ["]}", "BracketRight", 221],
  ["'\"", "Quote", 222],
];

const SHIFTED_DIGITS = ")!@#$%^&*(";

export interface KeyFacts {
  key: string;
  code: string;
  keyCode: number;
  /** The key writes this one character. */
  isCharacter: boolean;
}

/** Complete what is known of a key; `code` is guessed from a US keyboard where the agent's did not say it. */
export function keyFacts(key: string, code = ""): KeyFacts {
  const isCharacter = [...key].length === 1;
  const named = KEY_CODES[key];
  const facts = (guess: string, keyCode: number): KeyFacts => ({ key, code: code || guess, keyCode, isCharacter });
  if (named !== undefined) return facts(key === " " ? "Space" : key, named);
  const functionKey = /^F(\d\d?)$/.exec(key);
  if (functionKey) return facts(key, 111 + Number(functionKey[1]));
  if (!isCharacter) return facts("", 0);
  const upper = key.toUpperCase();
  if (/^[A-Z]$/.test(upper)) return facts(`Key${upper}`, upper.charCodeAt(0));
  const digit = /^\d$/.test(key) ? Number(key) : SHIFTED_DIGITS.indexOf(key);
  if (digit >= 0) return facts(`Digit${digit}`, 48 + digit);
  const sign = SIGNS.find(([signs]) => signs.includes(key));
  return sign ? facts(sign[1], sign[2]) : facts("", 0);
}
