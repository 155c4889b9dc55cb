import { describe, expect, it, vi } from "vitest";
import type { LinkOptions } from "./ports.ts";
import { type LinkWorld, openLink } from "./socket.ts";

type Message = { type: string; [field: string]: unknown };

/** A wire in memory: what the link sends is in `sent`, the test speaks for the server. */
class Wire {
  binaryType = "blob";
  readonly sent: unknown[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;

  send(data: unknown): void {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }

  close(): void {
    this.closed = true;
  }

  say(message: Message): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  welcome(fields: Partial<Message> = {}): void {
    this.onopen?.();
    this.say({ type: "welcome", resume: "token", resumed: false, received: 0, ...fields });
  }
}

function bench(overrides: Partial<LinkOptions<Message, Message>> = {}) {
  const wires: Wire[] = [];
  const online = new Set<() => void>();
  const timers: (() => void)[] = [];
  const world = {
    WebSocket: class {
      constructor() {
        const wire = new Wire();
        wires.push(wire);
        // biome-ignore lint/correctness/noConstructorReturn: the link sees a wire as its WebSocket
        return wire;
      }
    },
    setTimeout: (ring: () => void) => timers.push(ring) - 1,
    clearTimeout: (timer: number | undefined) => {
      if (timer !== undefined) timers[timer] = () => {};
    },
    addEventListener: (_: string, listener: () => void) => online.add(listener),
    removeEventListener: (_: string, listener: () => void) => online.delete(listener),
    performance: { now: () => 0 },
    Math: { random: () => 0.5 },
  } as unknown as LinkWorld;
  const options: LinkOptions<Message, Message> = {
    url: "ws://host/ws",
    hello: ({ resume, received }) => ({ type: "hello", resume, received }),
    onMessage: vi.fn(),
    onWelcome: vi.fn(),
    onStatus: vi.fn(),
    onFrame: vi.fn(),
    onRefused: vi.fn(),
    ...overrides,
  };
  const ring = (): void => {
    for (const timer of timers.splice(0, timers.length, ...timers.map(() => () => {}))) timer();
  };
  const wire = (): Wire => {
    const newest = wires.at(-1);
    if (!newest) throw new Error("no wire yet");
    return newest;
  };
  return { link: openLink(options, world), options, wires, wire, online, ring };
}

describe("a link over a socket", () => {
  it("L1 hands on messages and frames, and sends what it is given", () => {
    const { link, options, wire } = bench();
    expect(link.status).toBe("connecting");
    wire().welcome();
    link.send({ type: "asked" });
    wire().say({ type: "news", number: 1 });
    wire().onmessage?.({ data: new Uint8Array([1, 2]).buffer });
    expect(wire().sent).toEqual([{ type: "hello", resume: null, received: 0 }, { type: "asked" }]);
    expect(options.onMessage).toHaveBeenCalledExactlyOnceWith({ type: "news", number: 1 });
    expect(options.onFrame).toHaveBeenCalledExactlyOnceWith(new Uint8Array([1, 2]));
    expect(link.status).toBe("open");
  });

  it("L4 comes back on a new socket and sends again what was missed", () => {
    const { link, wires, wire, ring } = bench();
    wire().welcome();
    link.send({ type: "asked" });
    wire().onclose?.();
    expect(link.status).toBe("reconnecting");
    ring();
    expect(wires).toHaveLength(2);
    wire().welcome({ resumed: true });
    expect(wire().sent).toEqual([{ type: "hello", resume: "token", received: 0 }, { type: "asked" }]);
  });

  it("L5 does not wait when the browser is online again", () => {
    const { wires, wire, online } = bench();
    wire().onclose?.();
    for (const listener of online) listener();
    expect(wires).toHaveLength(2);
  });

  it("L5 a refusal for good is told once, and the link is silent after", () => {
    const { link, options, wires, wire, online, ring } = bench();
    wire().onopen?.();
    wire().say({ type: "error", code: "unknown_key", message: "no such key", advice: "stop" });
    expect(options.onRefused).toHaveBeenCalledExactlyOnceWith("unknown_key", "no such key");
    expect(link.status).toBe("closed");
    expect(online.size).toBe(0);
    ring();
    expect(wires).toHaveLength(1);
  });

  it("L1 the owner may send from inside a call", () => {
    const { wire, link } = bench({ onWelcome: () => link.send({ type: "first" }) });
    link.send({ type: "queued" });
    wire().welcome();
    expect(wire().sent.map((sent) => (sent as Message).type)).toEqual(["hello", "queued", "first"]);
  });

  it("L6 closing says bye and lets go of the socket", () => {
    const { link, wire } = bench();
    wire().welcome();
    link.close();
    expect(wire().sent.at(-1)).toEqual({ type: "bye" });
    expect(wire().closed).toBe(true);
    expect(wire().onmessage).toBeNull();
  });
});
