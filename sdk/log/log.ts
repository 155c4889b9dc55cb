/**
 * Tells agents what the page says on its console, as far as it may leave (SPEC C). A bundle of its own, fetched when an agent asks to
 * read the console. The page's own console goes on as it was: each call is passed on unchanged, and at the end the functions are put back.
 */
import type { ConsoleEntry } from "#protocol/messages";
import { listen, native } from "../capture/natives.ts";
import { clip } from "../clip.ts";
import { Mask } from "../mask/mask.ts";
import { Secrets, secretNames } from "../mask/secrets.ts";
import type { Config, LogOptions, StartLog } from "../ports.ts";
import { proxiedOf } from "../proxied.ts";
import { LIMIT_RAW, type PreviewOptions, textOf } from "./preview.ts";
import { Withheld } from "./withheld.ts";

type Level = ConsoleEntry["level"];
type Kind = NonNullable<ConsoleEntry["kind"]>;

const LEVELS: readonly Level[] = ["debug", "log", "info", "warn", "error"];
const FLUSH_MS = 250;
/** Between two flushes. */
const LIMIT_ENTRIES = 50;
const LIMIT_TEXT = 2000;
const LIMIT_SOURCE = 500;
/** The server takes 16 kB. */
const LIMIT_MESSAGE_BYTES = 12_000;
const LIMIT_MESSAGES = 4;
/** While agents do not see this page entries wait, but no longer. */
const WAITS_MS = 5000;

interface Heard {
  level: Level;
  kind: Kind;
  args: readonly unknown[];
  source: string | null;
  at_ms: number;
}

/** Not yet masked: it stays in here. */
interface Raw extends Omit<Heard, "args"> {
  text: string;
  count: number;
}

export const startLog: StartLog = (page, options) => new Telling(page as Window & typeof globalThis, options);

class Telling {
  readonly #page: Window & typeof globalThis;
  readonly #options: LogOptions;
  readonly #secrets = new Secrets();
  readonly #withheld: Withheld;
  readonly #undo: (() => void)[] = [];
  /** Of this task: values are read when the page's own script is done, so that reading them disturbs nothing. */
  #heard: Heard[] = [];
  #raw: Raw[] = [];
  #leftOut = 0;
  #timer = 0;
  #masked: { config: Config; mask: Mask } | null = null;
  /** What we read may be the page's own code, which may log. */
  #isBusy = false;
  #isStopped = false;

  constructor(page: Window & typeof globalThis, options: LogOptions) {
    this.#page = page;
    this.#options = options;
    this.#withheld = new Withheld(page, this.#secrets);
    for (const level of LEVELS) this.#listenTo(level);
    this.#on("error", (event) => {
      if (!(event instanceof page.ErrorEvent)) return;
      const { error, message, filename, lineno, colno } = event;
      const source = filename && `${filename}:${lineno}:${colno}`;
      this.#take("error", "uncaught", [error instanceof Error ? error : (error ?? message)], source || null);
    });
    this.#on("unhandledrejection", (event) => {
      this.#take("error", "rejection", [(event as PromiseRejectionEvent).reason], null);
    });
    this.#on("input", (event) => this.#withheld.typed(event.composedPath()[0], this.#mask()));
  }

  stop(): void {
    this.#isStopped = true;
    for (const undo of this.#undo.splice(0)) undo();
    native(this.#page, "clearTimeout")(this.#timer);
    this.#heard = [];
    this.#raw = [];
  }

  #after(delay_ms: number, run: () => void): number {
    return native(this.#page, "setTimeout")(run, delay_ms) as unknown as number;
  }

  #on(type: string, listener: (event: Event) => void): void {
    this.#undo.push(listen(this.#page, type, listener));
  }

  /** A proxy of the function looks like it to whoever asks: name, length, source text. */
  #listenTo(level: Level): void {
    const { console } = this.#page;
    const own = Object.getOwnPropertyDescriptor(console, level);
    const original: unknown = own?.value;
    if (!own?.configurable || typeof original !== "function") return;
    const heard = new Proxy(original, {
      apply: (call, self, args: unknown[]) => {
        if (!this.#isStopped) this.#take(level, "call", args, null);
        return Reflect.apply(call, self, args);
      },
    });
    Object.defineProperty(console, level, { ...own, value: heard });
    this.#undo.push(() => {
      // Who wrapped ours meanwhile keeps it; it only passes on by now.
      if (console[level] === heard) Object.defineProperty(console, level, own);
    });
  }

  /** By the settings as they are now. */
  #mask(): Mask {
    const config = this.#options.config();
    if (this.#masked?.config !== config) {
      const { closedRoots, maskedForGood } = this.#options;
      const mask = new Mask(this.#page, config, maskedForGood);
      mask.shadowOf = (element) => element.shadowRoot ?? closedRoots.get(element) ?? null;
      this.#masked = { config, mask };
    }
    return this.#masked.mask;
  }

  /** Never throws: the page's call must go on. */
  #take(level: Level, kind: Kind, args: readonly unknown[], source: string | null): void {
    if (this.#isBusy || this.#isStopped) return;
    this.#timer ||= this.#after(FLUSH_MS, () => this.#flush());
    if (this.#heard.length + this.#raw.length >= LIMIT_ENTRIES) {
      this.#leftOut++;
      return;
    }
    this.#busily(() => {
      if (this.#heard.length === 0) {
        // What was typed may be gone from its field when the task is over.
        this.#withheld.gather(this.#mask());
        native(this.#page, "queueMicrotask")(() => this.#busily(() => this.#read()));
      }
      this.#heard.push({ level, kind, args, source, at_ms: this.#page.performance.now() });
    });
  }

  #busily(work: () => void): void {
    this.#isBusy = true;
    try {
      work();
    } catch {
      this.#leftOut++;
    } finally {
      this.#isBusy = false;
    }
  }

  #read(): void {
    const mask = this.#mask();
    const names = secretNames(this.#options.config());
    const preview: PreviewOptions = { isSecret: (name) => names.test(name), node: (node) => describe(node, mask) };
    for (const { args, ...heard } of this.#heard.splice(0)) {
      const raw = { ...heard, text: textOf(args, preview), count: 1 };
      const last = this.#raw.at(-1);
      const isSame = last && (["level", "kind", "text", "source"] as const).every((key) => last[key] === raw[key]);
      if (isSame) last.count++;
      else this.#raw.push(raw);
    }
  }

  #flush(): void {
    this.#timer = 0;
    if (this.#isStopped) return;
    const now_ms = this.#page.performance.now();
    const isOpen = this.#options.isOpen();
    const waiting = this.#raw.splice(0);
    const kept = isOpen ? waiting : waiting.filter(({ at_ms }) => now_ms - at_ms < WAITS_MS);
    for (const { count } of waiting) this.#leftOut += count;
    for (const { count } of kept) this.#leftOut -= count;
    if (!isOpen) {
      this.#raw = kept;
      if (kept.length > 0) this.#timer = this.#after(FLUSH_MS, () => this.#flush());
      return;
    }
    this.#busily(() => this.#send(kept, now_ms));
  }

  #send(raws: readonly Raw[], now_ms: number): void {
    this.#withheld.gather(this.#mask());
    let entries: ConsoleEntry[] = [];
    let bytes = 0;
    let messages = 0;
    const send = () => {
      this.#options.send({ type: "console_told", entries, left_out: this.#leftOut });
      this.#leftOut = 0;
      entries = [];
      bytes = 0;
      messages++;
    };
    for (const raw of raws) {
      const entry = this.#leaving(raw, now_ms);
      const size = new TextEncoder().encode(JSON.stringify(entry)).length;
      if (entries.length > 0 && bytes + size > LIMIT_MESSAGE_BYTES) send();
      if (messages >= LIMIT_MESSAGES) this.#leftOut += raw.count;
      else {
        entries.push(entry);
        bytes += size;
      }
    }
    if (entries.length > 0 || (this.#leftOut > 0 && messages === 0)) send();
  }

  #leaving({ level, kind, text, source, at_ms, count }: Raw, now_ms: number): ConsoleEntry {
    const rules = this.#options.config();
    const proxied = proxiedOf(this.#page);
    const spoken = (said: string) => (proxied ? proxied.decode(said) : said);
    const told = this.#secrets.leaving(spoken(text), rules, text.length >= LIMIT_RAW);
    const place = source && this.#secrets.leaving(spoken(source), rules);
    const ago_ms = Math.max(0, Math.round(now_ms - at_ms));
    const entry: ConsoleEntry = { level, text: clip(told ?? "", LIMIT_TEXT), kind, ago_ms, count };
    if (place) entry.source = clip(place, LIMIT_SOURCE);
    if (told === null) entry.withheld = true;
    return entry;
  }
}

/** An element as it stands in the page's markup; of what is masked only that it is one. */
function describe(node: Node, mask: Mask): string {
  const element = node as Element;
  if (node.nodeType !== 1) return node.nodeName;
  if (mask.isMasked(node)) return `<${element.localName}>`;
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  return `<${element.localName}${element.id && `#${element.id}`}${classes}>`;
}
