/** A link over the browser's WebSocket and timers: carries out what `machine.ts` decides. */
import { LIMIT_FRAME_BYTES, type LinkCommand, type LinkEvent, LinkMachine, type TimerName } from "./machine.ts";
import type { AnyWelcome, Link, LinkOptions } from "./ports.ts";

/** What of the browser a link uses; `window` has it all. */
export interface LinkWorld {
  WebSocket: new (url: string) => WebSocket;
  setTimeout(ring: () => void, delayMs: number): unknown;
  clearTimeout(timer: never): void;
  addEventListener(type: "online", listener: () => void): void;
  removeEventListener(type: "online", listener: () => void): void;
  performance: { now(): number };
  Math: { random(): number };
}

/** Open a link; it connects, and comes back after drops, until `close()` or a refusal for good. */
export function openLink<Out, In extends { type: string }>(
  options: LinkOptions<Out, In>,
  world: LinkWorld = globalThis as unknown as LinkWorld,
): Link<Out> {
  const shell = new Shell(options as unknown as LinkOptions<object, { type: string }>, world);
  return shell as unknown as Link<Out>;
}

class Shell implements Link<object> {
  readonly #options: LinkOptions<object, { type: string }>;
  readonly #world: LinkWorld;
  readonly #machine: LinkMachine;
  readonly #timers = new Map<TimerName, unknown>();
  readonly #online = (): void => this.#feed({ is: "online" });
  #socket: WebSocket | null = null;

  constructor(options: LinkOptions<object, { type: string }>, world: LinkWorld) {
    this.#options = options;
    this.#world = world;
    this.#machine = new LinkMachine({
      hello: options.hello,
      chance: () => world.Math.random(),
      limitFrameBytes: LIMIT_FRAME_BYTES,
    });
    world.addEventListener("online", this.#online);
    this.#feed({ is: "started" });
  }

  get status() {
    return this.#machine.status;
  }

  get unacknowledgedBytes() {
    return this.#machine.unacknowledgedBytes;
  }

  send(message: object): void {
    this.#feed({ is: "send", message });
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): void {
    this.#feed({ is: "send_frame", frame });
  }

  setActive(active: boolean): void {
    this.#feed({ is: "set_active", active });
  }

  close(): void {
    this.#feed({ is: "close" });
  }

  #feed(event: LinkEvent): void {
    const commands = this.#machine.handle(event, this.#world.performance.now());
    for (const command of commands) this.#carryOut(command);
    if (this.#machine.status === "closed") this.#world.removeEventListener("online", this.#online);
  }

  #carryOut(command: LinkCommand): void {
    switch (command.do) {
      case "connect":
        this.#connect();
        return;
      case "disconnect":
        this.#disconnect();
        return;
      case "transmit":
        // A socket that is closing drops what it is given; the machine still holds it and hears of the close.
        this.#socket?.send(command.data);
        return;
      case "set_timer":
        this.#setTimer(command.name, command.delayMs);
        return;
      case "clear_timer":
        this.#clearTimer(command.name);
        return;
      case "tell_status":
        this.#options.onStatus(command.status);
        return;
      case "tell_welcome":
        this.#options.onWelcome(command.welcome as { type: string } & AnyWelcome);
        return;
      case "tell_message":
        this.#options.onMessage(command.message);
        return;
      case "tell_frame":
        this.#options.onFrame?.(command.frame);
        return;
      case "tell_overflow":
        this.#options.onOverflow?.();
        return;
      case "tell_refused":
        this.#options.onRefused(command.code, command.message);
        return;
    }
  }

  #connect(): void {
    let socket: WebSocket;
    try {
      socket = new this.#world.WebSocket(this.#options.url);
    } catch {
      // A page's policy may forbid the address; the welcome timer counts this as a drop.
      return;
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#feed({ is: "opened" });
    socket.onclose = () => this.#feed({ is: "closed" });
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) =>
      this.#feed(typeof data === "string" ? { is: "text", text: data } : { is: "binary", frame: new Uint8Array(data) });
  }

  /** Let go of the socket at once: its own close can take minutes when the network is gone. */
  #disconnect(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }

  #setTimer(name: TimerName, delayMs: number): void {
    this.#clearTimer(name);
    const ring = (): void => {
      this.#timers.delete(name);
      this.#feed({ is: "timer", name });
    };
    this.#timers.set(name, this.#world.setTimeout(ring, delayMs));
  }

  #clearTimer(name: TimerName): void {
    this.#world.clearTimeout(this.#timers.get(name) as never);
    this.#timers.delete(name);
  }
}
