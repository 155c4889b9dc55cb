/** The console's one socket: what is watched is asked for again after each drop. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FromConsole, ListSessions, ListVisitors, ToConsole, Totals } from "#protocol/console";
import { PROTOCOL_VERSIONS } from "#protocol/messages";

export type Watched = "visitors" | "sessions";
type Asked = ListVisitors | ListSessions;
type Told<List extends Watched> = Extract<ToConsole, { type: List }>;
export type SocketStatus = "connecting" | "open" | "lost" | "refused";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const PING_MS = 20_000;

export interface SocketWorld {
  WebSocket: new (url: string) => WebSocket;
  setTimeout(ring: () => void, delayMs: number): unknown;
  clearTimeout(timer: never): void;
  random(): number;
}

export interface ConsoleSocket {
  readonly status: ReadonlySignal<SocketStatus>;
  readonly totals: ReadonlySignal<Totals | null>;
  /** Ask for a list; what was asked before for the same one is forgotten. */
  watch<List extends Watched>(list: List, asked: Asked, onTold: (told: Told<List>) => void): void;
  stop(list: Watched): void;
  close(): void;
}

/** Open it, and keep it open until `close()` or a refusal for good. */
export function openSocket(url: string, world: SocketWorld): ConsoleSocket {
  return new Kept(url, world);
}

class Kept implements ConsoleSocket {
  readonly status: Signal<SocketStatus> = signal<SocketStatus>("connecting");
  readonly totals: Signal<Totals | null> = signal<Totals | null>(null);
  readonly #lists = new Map<Watched, { asked: Asked; onTold: (told: never) => void }>();
  #socket: WebSocket | null = null;
  #timer: unknown = null;
  #pauseMs = FIRST_PAUSE_MS;
  #welcomed = false;

  constructor(
    readonly url: string,
    readonly world: SocketWorld,
  ) {
    this.#connect();
  }

  watch<List extends Watched>(list: List, asked: Asked, onTold: (told: Told<List>) => void): void {
    this.#lists.set(list, { asked, onTold: onTold as (told: never) => void });
    if (this.#welcomed) this.#send(asked);
  }

  stop(list: Watched): void {
    if (this.#lists.delete(list) && this.#welcomed) this.#send({ type: "stop_list", list });
  }

  close(): void {
    this.status.value = "refused";
    this.#rest();
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new this.world.WebSocket(this.url);
    this.#socket = socket;
    socket.onopen = () => this.#send({ type: "hello", role: "console", protocols: [...PROTOCOL_VERSIONS] });
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as ToConsole);
    socket.onclose = () => this.#dropped(socket);
  }

  #take(message: ToConsole): void {
    switch (message.type) {
      case "welcome":
        this.#welcomed = true;
        this.#pauseMs = FIRST_PAUSE_MS;
        this.status.value = "open";
        for (const { asked } of this.#lists.values()) this.#send(asked);
        this.#later(PING_MS, () => this.#ping());
        break;
      case "totals":
        this.totals.value = message;
        break;
      case "visitors":
      case "sessions": {
        const list = this.#lists.get(message.type);
        if (list?.asked.ask === message.ask) list.onTold(message as never);
        break;
      }
      case "error":
        if (message.advice === "stop") this.status.value = "refused";
        break;
    }
  }

  #ping(): void {
    this.#send({ type: "ping", t: 0 });
    this.#later(PING_MS, () => this.#ping());
  }

  #dropped(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#welcomed = false;
    this.#rest();
    if (this.status.value === "refused") return;
    this.status.value = "lost";
    // Consoles that lost the same server do not all come back in the same moment.
    this.#later(this.#pauseMs * (0.5 + this.world.random()), () => this.#connect());
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #later(delayMs: number, act: () => void): void {
    this.#rest();
    this.#timer = this.world.setTimeout(act, delayMs);
  }

  #rest(): void {
    this.world.clearTimeout(this.#timer as never);
    this.#timer = null;
  }

  #send(message: FromConsole): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }
}
