/**
 * The rules of a link (SPEC L1-L7) without I/O: events in, commands out. Time comes with each event, chance with the options.
 *
 * Of the commands of one event those that call out to the owner come last, so that the owner may send from inside a call.
 */
import type { AnyWelcome, LinkMarks, LinkStatus } from "./ports.ts";
import { type Data, Retained } from "./retained.ts";

export type TimerName = "retry" | "welcome" | "ack" | "ping";

export type LinkEvent =
  | { readonly is: "started" }
  | { readonly is: "opened" }
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "binary"; readonly frame: Uint8Array }
  | { readonly is: "closed" }
  | { readonly is: "timer"; readonly name: TimerName }
  | { readonly is: "online" }
  | { readonly is: "send"; readonly message: object }
  | { readonly is: "send_frame"; readonly frame: Uint8Array<ArrayBuffer> }
  | { readonly is: "set_active"; readonly active: boolean }
  | { readonly is: "close" };

export type LinkCommand =
  | { readonly do: "connect" }
  | { readonly do: "disconnect" }
  | { readonly do: "transmit"; readonly data: Data }
  | { readonly do: "set_timer"; readonly name: TimerName; readonly delayMs: number }
  | { readonly do: "clear_timer"; readonly name: TimerName }
  | { readonly do: "tell_status"; readonly status: LinkStatus }
  | { readonly do: "tell_welcome"; readonly welcome: AnyWelcome }
  | { readonly do: "tell_message"; readonly message: { readonly type: string } }
  | { readonly do: "tell_frame"; readonly frame: Uint8Array }
  | { readonly do: "tell_overflow" }
  | { readonly do: "tell_refused"; readonly code: string; readonly message: string };

export interface MachineOptions {
  /** Build the hello. */
  hello(marks: LinkMarks): object;
  /** A number from 0 up to 1, for the back-off's jitter. */
  chance(): number;
  limitFrameBytes: number;
}

export const LIMIT_FRAME_BYTES = 1024 * 1024;
const ACK_FRAMES = 32;
const ACK_MS = 1000;
const PING_MS = 5000;
const WELCOME_MS = 10_000;
const RETRY_FIRST_MS = 300;
const RETRY_MOST_MS = 15_000;
/** In a session the picture is wanted back as soon as the server is there (K4). */
const RETRY_ACTIVE_MOST_MS = 1000;
const UNNUMBERED = new Set(["ack", "ping", "pong", "bye", "error"]);

type Wire = "none" | "connecting" | "greeting" | "open";
/** The fields of any incoming message that a link reads. */
interface Incoming {
  readonly type: string;
  readonly received?: unknown;
  readonly t?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly advice?: unknown;
  readonly retry_in_ms?: number;
}

export class LinkMachine {
  readonly #options: MachineOptions;
  readonly #retained: Retained;
  #commands: LinkCommand[] = [];
  #status: LinkStatus = "connecting";
  #wire: Wire = "none";
  #resume: string | null = null;
  #welcomed = false;
  #received = 0;
  /** Received, and not yet acknowledged to the other side. */
  #owed = 0;
  #attempts = 0;
  #active = false;
  /** When the ping went out that nothing has answered yet. */
  #pingedAtMs: number | null = null;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#retained = new Retained(options.limitFrameBytes);
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get unacknowledgedBytes(): number {
    return this.#retained.bytes;
  }

  /** Take one event and return what is to be done, in order. After the end nothing is. */
  handle(event: LinkEvent, nowMs: number): LinkCommand[] {
    if (this.#status === "closed") return [];
    this.#commands = [];
    this.#take(event, nowMs);
    return this.#commands;
  }

  #take(event: LinkEvent, nowMs: number): void {
    switch (event.is) {
      case "started":
        this.#connect();
        return;
      case "opened":
        this.#wire = "greeting";
        this.#transmit(
          this.#options.hello({
            resume: this.#resume,
            received: this.#received,
            acknowledged: this.#retained.newest,
          }),
        );
        return;
      case "text":
        this.#readText(event.text, nowMs);
        return;
      case "binary":
        this.#readFrame(event.frame);
        return;
      case "closed":
        if (this.#wire !== "none") this.#drop();
        return;
      case "timer":
        this.#ring(event.name, nowMs);
        return;
      case "online":
        if (this.#wire === "open") this.#ping(nowMs);
        else if (this.#wire === "none") this.#connect();
        return;
      case "send":
        this.#retained.add(JSON.stringify(event.message));
        this.#transmitWaiting();
        return;
      case "send_frame":
        if (this.#retained.addFrame(event.frame)) this.#transmitWaiting();
        else this.#commands.push({ do: "tell_overflow" });
        return;
      case "set_active":
        this.#setActive(event.active, nowMs);
        return;
      case "close":
        if (this.#wire === "open") this.#transmit({ type: "bye" });
        this.#end();
        return;
    }
  }

  // ---- the wire ----------------------------------------------------------------------------------

  #connect(): void {
    this.#wire = "connecting";
    this.#clear("retry");
    this.#commands.push({ do: "connect" });
    this.#set("welcome", WELCOME_MS);
  }

  /** Leave the wire, whatever state it is in, and come back later (L5), or when the server asks for it (K4). */
  #drop(askedMs?: number): void {
    this.#hangUp();
    const mostMs = this.#active ? RETRY_ACTIVE_MOST_MS : RETRY_MOST_MS;
    const waitMs = Math.min(mostMs, RETRY_FIRST_MS * 2 ** this.#attempts) * (0.5 + this.#options.chance());
    this.#attempts += 1;
    this.#set("retry", askedMs ?? waitMs);
    this.#tellStatus(this.#welcomed ? "reconnecting" : "connecting");
  }

  #end(): void {
    this.#hangUp();
    this.#clear("retry");
    this.#retained.clear();
    this.#tellStatus("closed");
  }

  #hangUp(): void {
    if (this.#wire !== "none") this.#commands.push({ do: "disconnect" });
    this.#wire = "none";
    this.#pingedAtMs = null;
    this.#retained.rewind();
    for (const name of ["welcome", "ack", "ping"] as const) this.#clear(name);
  }

  #ring(name: TimerName, nowMs: number): void {
    if (name === "retry") this.#connect();
    else if (name === "welcome") this.#drop();
    else if (name === "ack") this.#acknowledge();
    else if (this.#pingedAtMs !== null) this.#drop();
    else if (this.#active) this.#ping(nowMs);
  }

  // ---- coming in ---------------------------------------------------------------------------------

  #readText(text: string, nowMs: number): void {
    if (this.#wire === "none") return;
    const message = parse(text);
    if (message && UNNUMBERED.has(message.type)) {
      this.#readUnnumbered(message);
      return;
    }
    if (this.#wire === "greeting") {
      if (message?.type === "welcome") this.#welcome(message as unknown as AnyWelcome, nowMs);
      return;
    }
    this.#count();
    if (message) this.#commands.push({ do: "tell_message", message });
  }

  #readFrame(frame: Uint8Array): void {
    if (this.#wire !== "open") return;
    this.#count();
    this.#commands.push({ do: "tell_frame", frame });
  }

  #readUnnumbered(message: Incoming): void {
    if (message.type === "ack") {
      this.#pingedAtMs = null;
      this.#retained.acknowledge(message.received as number);
    } else if (message.type === "pong") {
      this.#pingedAtMs = null;
      // Who wants to know the server's clock reads it from this (L8).
      this.#commands.push({ do: "tell_message", message });
    } else if (message.type === "bye") {
      this.#end();
    } else if (message.type === "error") {
      if (message.retry_in_ms) this.#drop(message.retry_in_ms);
      if (message.advice !== "stop") this.#commands.push({ do: "tell_message", message });
      else {
        this.#end();
        this.#commands.push({ do: "tell_refused", code: message.code as string, message: message.message as string });
      }
    }
  }

  #welcome(welcome: AnyWelcome, nowMs: number): void {
    this.#clear("welcome");
    if (welcome.resumed && !this.#retained.acknowledge(welcome.received)) {
      // The other side misses what is no longer held here: begin afresh (L4).
      this.#resume = null;
      this.#drop();
      return;
    }
    if (!welcome.resumed) {
      // What was asked for before the first welcome still holds; after that nothing does.
      if (this.#welcomed) this.#retained.clear();
      this.#received = 0;
    }
    this.#owed = 0;
    this.#wire = "open";
    this.#welcomed = true;
    this.#attempts = 0;
    this.#resume = welcome.resume;
    this.#transmitWaiting();
    if (this.#active) this.#ping(nowMs);
    this.#tellStatus("open");
    this.#commands.push({ do: "tell_welcome", welcome });
  }

  /** A numbered frame came in (L1, L3). */
  #count(): void {
    this.#pingedAtMs = null;
    this.#received += 1;
    this.#owed += 1;
    if (this.#owed >= ACK_FRAMES) this.#acknowledge();
    else if (this.#owed === 1) this.#set("ack", ACK_MS);
  }

  // ---- going out ---------------------------------------------------------------------------------

  #acknowledge(): void {
    this.#clear("ack");
    this.#owed = 0;
    this.#transmit({ type: "ack", received: this.#received });
  }

  #setActive(active: boolean, nowMs: number): void {
    if (active === this.#active) return;
    this.#active = active;
    if (!active) {
      this.#pingedAtMs = null;
      this.#clear("ping");
    } else if (this.#wire === "open") this.#ping(nowMs);
  }

  /** Ask for a sign of life; the timer drops the wire when none has come, and asks again while active (L6). */
  #ping(nowMs: number): void {
    this.#pingedAtMs = nowMs;
    this.#transmit({ type: "ping", t: nowMs });
    this.#set("ping", PING_MS);
  }

  #transmitWaiting(): void {
    if (this.#wire !== "open") return;
    for (const data of this.#retained.takeWaiting()) this.#commands.push({ do: "transmit", data });
  }

  #transmit(message: object): void {
    this.#commands.push({ do: "transmit", data: JSON.stringify(message) });
  }

  #set(name: TimerName, delayMs: number): void {
    this.#commands.push({ do: "set_timer", name, delayMs });
  }

  #clear(name: TimerName): void {
    this.#commands.push({ do: "clear_timer", name });
  }

  #tellStatus(status: LinkStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#commands.push({ do: "tell_status", status });
  }
}

function parse(text: string): Incoming | null {
  try {
    const message = JSON.parse(text) as Incoming | null;
    return message?.type ? message : null;
  } catch {
    return null;
  }
}
