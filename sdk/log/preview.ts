/** What values given to `console` look like as text. Calls nothing of the page: getters stay unread. Pure but for reading values. */

export interface PreviewOptions {
  /** Whether what a property of this name holds is secret. */
  isSecret(name: string): boolean;
  /** A node as it may be told. */
  node(node: Node): string;
}

/** More than is told: what is withheld in it makes it shorter. */
export const LIMIT_RAW = 10_000;
const LIMIT_STRING = 1000;
const LIMIT_MEMBERS = 50;
const LIMIT_DEPTH = 3;
const SECRET = "***";
const MORE = "…";

/** The text of one call, with `%s` and the like filled in as consoles do. */
export function textOf(args: readonly unknown[], options: PreviewOptions): string {
  const [first, ...rest] = args;
  const parts: string[] = [];
  if (typeof first === "string") {
    const filled = first.slice(0, LIMIT_RAW).replace(/%[sdifoOc%]/g, (mark) => {
      if (mark === "%%") return "%";
      if (rest.length === 0) return mark;
      const value = rest.shift();
      if (mark === "%c") return "";
      if (mark === "%d" || mark === "%i") return isPlain(value) ? String(Math.trunc(Number(value))) : "NaN";
      if (mark === "%f") return isPlain(value) ? String(Number(value)) : "NaN";
      return plain(value, options);
    });
    parts.push(filled);
  } else if (args.length > 0) parts.push(preview(first, options));
  for (const value of rest) {
    parts.push(plain(value, options));
    if (parts.join(" ").length > LIMIT_RAW) break;
  }
  return parts.join(" ").slice(0, LIMIT_RAW);
}

const isPlain = (value: unknown) => typeof value === "number" || typeof value === "string" || typeof value === "bigint";

const plain = (value: unknown, options: PreviewOptions) =>
  typeof value === "string" ? value.slice(0, LIMIT_RAW) : preview(value, options);

/** A value as it stands within others. Never throws. */
export function preview(value: unknown, options: PreviewOptions): string {
  const left = { characters: LIMIT_RAW };
  try {
    return shown(value, options, [], left);
  } catch {
    return "?"; // A proxy of the page's that throws.
  }
}

function shown(
  value: unknown,
  options: PreviewOptions,
  around: readonly object[],
  left: { characters: number },
): string {
  const text = isObject(value) ? objectText(value, options, around, left) : primitiveText(value);
  left.characters -= text.length;
  return text;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function primitiveText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > LIMIT_RAW ? value.slice(0, LIMIT_RAW) : value);
  return typeof value === "bigint" ? `${value}n` : String(value);
}

function objectText(
  value: object,
  options: PreviewOptions,
  around: readonly object[],
  left: { characters: number },
): string {
  if (typeof value === "function") return `ƒ ${ownText(value, "name")}()`;
  if (around.includes(value)) return "[circular]";
  const special = errorText(value) ?? nodeText(value, options) ?? knownText(value);
  if (special !== null) return special;
  const within = [...around, value];
  const inner = (each: unknown) => shown(each, options, within, left);
  const isShallow = around.length < LIMIT_DEPTH;
  if (Array.isArray(value)) return isShallow ? `[${members(value, inner, options, left)}]` : `Array(${value.length})`;
  const entries = entriesOf(value);
  if (entries) {
    const parts = entries.items.slice(0, LIMIT_MEMBERS).map((item) => item.map(inner).join(" => "));
    return isShallow
      ? `${entries.name}(${entries.items.length}) {${parts.join(", ")}}`
      : `${entries.name}(${entries.items.length})`;
  }
  const name = className(value);
  if (!isShallow) return name || "{…}";
  return `${name && `${name} `}{${members(value, inner, options, left)}}`;
}

/** Own properties, without calling what reads them. */
function members(
  value: object,
  inner: (each: unknown) => string,
  options: PreviewOptions,
  left: { characters: number },
): string {
  const parts: string[] = [];
  const isList = Array.isArray(value);
  const names = Object.keys(value);
  for (const name of names) {
    if (parts.length >= LIMIT_MEMBERS || left.characters <= 0) {
      parts.push(MORE);
      break;
    }
    const property = Object.getOwnPropertyDescriptor(value, name);
    const text = options.isSecret(name) ? SECRET : !property || !("value" in property) ? "(…)" : inner(property.value);
    left.characters -= name.length;
    parts.push(isList && /^\d+$/.test(name) ? text : `${name}: ${text}`);
  }
  return parts.join(", ");
}

function errorText(value: object): string | null {
  if (!(value instanceof Error)) return null;
  const head = value.message ? `${value.name}: ${value.message}` : value.name;
  const stack = typeof value.stack === "string" ? value.stack.trimEnd() : "";
  const text = !stack || stack.startsWith(value.name) ? stack || head : `${head}\n${stack}`;
  return value.cause === undefined || !(value.cause instanceof Error) ? text : `${text}\n↳ ${value.cause.message}`;
}

function nodeText(value: object, { node }: PreviewOptions): string | null {
  return typeof Node !== "undefined" && value instanceof Node ? node(value) : null;
}

function knownText(value: object): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise {}";
  if (ArrayBuffer.isView(value)) return `${className(value)}(${value.byteLength} B)`;
  return null;
}

function entriesOf(value: object): { name: string; items: unknown[][] } | null {
  if (value instanceof Map) return { name: "Map", items: [...Map.prototype.entries.call(value)] as unknown[][] };
  if (value instanceof Set) return { name: "Set", items: [...Set.prototype.values.call(value)].map((item) => [item]) };
  return null;
}

function className(value: object): string {
  const prototype: object | null = Object.getPrototypeOf(value);
  const made = prototype && Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  const name = typeof made === "function" ? ownText(made, "name") : "";
  return name === "Object" ? "" : name;
}

function ownText(value: object, name: string): string {
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === "string" ? found.slice(0, LIMIT_STRING) : "";
}
