import { beforeEach, describe, expect, it } from "vitest";
import { type LinkCommand, type LinkEvent, LinkMachine, type TimerName } from "./machine.ts";

type Text = { type: string; [field: string]: unknown };

/** A machine on a bench: commands are sorted into what was transmitted, told and timed. */
class Bench {
  readonly machine: LinkMachine;
  nowMs = 0;
  connects = 0;
  connected = false;
  sent: (Text | Uint8Array)[] = [];
  told: LinkCommand[] = [];
  readonly timers = new Map<TimerName, number>();

  constructor(limitFrameBytes = 1000, chance = () => 0.5) {
    this.machine = new LinkMachine({ hello: (marks) => ({ type: "hello", ...marks }), chance, limitFrameBytes });
    this.feed({ is: "started" });
  }

  feed(event: LinkEvent): void {
    for (const command of this.machine.handle(event, this.nowMs)) {
      if (command.do === "connect") {
        this.connects += 1;
        this.connected = true;
      } else if (command.do === "disconnect") this.connected = false;
      else if (command.do === "transmit") {
        this.sent.push(typeof command.data === "string" ? JSON.parse(command.data) : command.data);
      } else if (command.do === "set_timer") this.timers.set(command.name, command.delayMs);
      else if (command.do === "clear_timer") this.timers.delete(command.name);
      else this.told.push(command);
    }
  }

  hear(message: Text): void {
    this.feed({ is: "text", text: JSON.stringify(message) });
  }

  welcome(fields: Partial<Text> = {}): void {
    this.feed({ is: "opened" });
    this.hear({ type: "welcome", resume: "token", resumed: false, received: 0, ...fields });
  }

  send(type: string): void {
    this.feed({ is: "send", message: { type } });
  }

  ring(name: TimerName): void {
    const delayMs = this.timers.get(name);
    if (delayMs === undefined) throw new Error(`timer ${name} is not set`);
    this.timers.delete(name);
    this.nowMs += delayMs;
    this.feed({ is: "timer", name });
  }

  /** Types of what was sent since the last look. */
  look(): string[] {
    const types = this.sent.map((sent) => (sent instanceof Uint8Array ? "frame" : sent.type));
    this.sent = [];
    return types;
  }

  statuses(): string[] {
    return this.told.flatMap((command) => (command.do === "tell_status" ? [command.status] : []));
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

describe("numbering and acknowledging", () => {
  it("L1 what is asked for before the welcome is sent after it", () => {
    bench.send("early");
    bench.feed({ is: "opened" });
    expect(bench.look()).toEqual(["hello"]);
    bench.hear({ type: "welcome", resume: "token", resumed: false, received: 0 });
    expect(bench.look()).toEqual(["early"]);
    expect(bench.statuses()).toEqual(["open"]);
  });

  it("L3 acknowledges 32 frames at once", () => {
    bench.welcome();
    for (let i = 0; i < 32; i++) bench.hear({ type: "news" });
    expect(bench.sent.at(-1)).toEqual({ type: "ack", received: 32 });
    expect(bench.timers.has("ack")).toBe(false);
  });

  it("L3 acknowledges fewer after a second", () => {
    bench.welcome();
    bench.hear({ type: "news" });
    bench.feed({ is: "binary", frame: new Uint8Array(3) });
    expect(bench.timers.get("ack")).toBe(1000);
    bench.ring("ack");
    expect(bench.sent.at(-1)).toEqual({ type: "ack", received: 2 });
  });

  it("L1 acks, pongs, errors and what cannot be read are told apart: only numbered frames count", () => {
    bench.welcome();
    bench.hear({ type: "ack", received: 0 });
    bench.hear({ type: "pong", t: 0, now_ms: 0 });
    bench.hear({ type: "error", code: "too_many_messages", message: "", advice: "retry" });
    bench.feed({ is: "text", text: "{" });
    bench.ring("ack");
    expect(bench.sent.at(-1)).toEqual({ type: "ack", received: 1 });
    expect(bench.told.at(-1)).toMatchObject({ do: "tell_message", message: { type: "error" } });
  });

  it("L7 tells of an overflow and keeps control messages", () => {
    bench.welcome();
    bench.feed({ is: "send_frame", frame: new Uint8Array(1000) });
    bench.feed({ is: "send_frame", frame: new Uint8Array(1) });
    bench.send("still");
    expect(bench.told.at(-1)).toEqual({ do: "tell_overflow" });
    expect(bench.look()).toEqual(["hello", "frame", "still"]);
  });
});

describe("resuming", () => {
  it("L4 K2 sends again what the other side missed, in order", () => {
    bench.welcome();
    for (const type of ["a", "b", "c"]) bench.send(type);
    bench.hear({ type: "ack", received: 1 });
    bench.hear({ type: "news" });
    bench.feed({ is: "closed" });
    bench.send("d");
    bench.look();
    bench.ring("retry");
    bench.feed({ is: "opened" });
    expect(bench.sent.at(-1)).toEqual({ type: "hello", resume: "token", received: 1, acknowledged: 1 });
    bench.hear({ type: "welcome", resume: "token 2", resumed: true, received: 1 });
    expect(bench.look()).toEqual(["hello", "b", "c", "d"]);
    expect(bench.statuses()).toEqual(["open", "reconnecting", "open"]);
  });

  it("L2 shows the newest token", () => {
    bench.welcome();
    bench.feed({ is: "closed" });
    bench.welcome({ resumed: true, resume: "second" });
    bench.feed({ is: "closed" });
    bench.feed({ is: "opened" });
    expect(bench.sent.at(-1)).toMatchObject({ resume: "second" });
  });

  it("L4 a fresh welcome voids what went before", () => {
    bench.welcome();
    bench.send("a");
    bench.hear({ type: "news" });
    bench.feed({ is: "closed" });
    bench.send("b");
    bench.look();
    bench.ring("retry");
    bench.welcome({ resumed: false });
    expect(bench.look()).toEqual(["hello"]);
    bench.hear({ type: "news" });
    bench.ring("ack");
    expect(bench.sent.at(-1)).toEqual({ type: "ack", received: 1 });
    expect(bench.machine.unacknowledgedBytes).toBe(0);
  });

  it("L4 begins afresh when the other side misses what is no longer held", () => {
    bench.welcome();
    bench.send("a");
    bench.hear({ type: "ack", received: 1 });
    bench.feed({ is: "closed" });
    bench.ring("retry");
    bench.welcome({ resumed: true, received: 0 });
    bench.ring("retry");
    bench.feed({ is: "opened" });
    expect(bench.sent.at(-1)).toMatchObject({ type: "hello", resume: null });
  });
});

describe("coming back", () => {
  it("L5 waits 0.3 s, twice as long each time, up to 15 s", () => {
    const waits = Array.from({ length: 8 }, () => {
      bench.feed({ is: "closed" });
      const waitMs = bench.timers.get("retry");
      bench.ring("retry");
      return waitMs;
    });
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 9600, 15000, 15000]);
  });

  it("K4 waits at most a second in a session, but first as long as the server asked", () => {
    bench.welcome();
    bench.feed({ is: "set_active", active: true });
    bench.hear({ type: "error", code: "server_restarting", message: "", advice: "retry", retry_in_ms: 1234 });
    const waits = Array.from({ length: 4 }, () => {
      const waitMs = bench.timers.get("retry");
      bench.ring("retry");
      bench.feed({ is: "closed" });
      return waitMs;
    });
    expect(waits).toEqual([1234, 600, 1000, 1000]);
  });

  it("L5 waits by a factor of 0.5 to 1.5, and begins from 0.3 s after a welcome", () => {
    const chances = [0, 0.999];
    bench = new Bench(1000, () => chances.shift() ?? 0);
    bench.feed({ is: "closed" });
    expect(bench.timers.get("retry")).toBe(150);
    bench.ring("retry");
    bench.welcome();
    bench.feed({ is: "closed" });
    expect(bench.timers.get("retry")).toBeCloseTo(450, 0);
  });

  it("L5 comes back at once when the browser is online again", () => {
    bench.feed({ is: "closed" });
    bench.feed({ is: "online" });
    expect(bench.connects).toBe(2);
    expect(bench.timers.has("retry")).toBe(false);
  });

  it("L5 gives up on advice stop", () => {
    bench.feed({ is: "opened" });
    bench.hear({ type: "error", code: "unknown_key", message: "no such key", advice: "stop" });
    expect(bench.told).toEqual([
      { do: "tell_status", status: "closed" },
      { do: "tell_refused", code: "unknown_key", message: "no such key" },
    ]);
    expect(bench.connected).toBe(false);
    expect([...bench.timers]).toEqual([]);
    expect(bench.machine.handle({ is: "online" }, 0)).toEqual([]);
  });

  it("L5 a server that never says welcome counts as dropped", () => {
    bench.feed({ is: "opened" });
    bench.ring("welcome");
    expect(bench.connected).toBe(false);
    expect(bench.timers.get("retry")).toBe(300);
  });
});

describe("signs of life", () => {
  it("L6 pings every 5 s in a session, L8 and hands the pong on", () => {
    bench.welcome();
    bench.look();
    bench.feed({ is: "set_active", active: true });
    bench.nowMs += 40;
    bench.hear({ type: "pong", t: 0, now_ms: 0 });
    bench.ring("ping");
    expect(bench.look()).toEqual(["ping", "ping"]);
    expect(bench.told.at(-1)).toMatchObject({ do: "tell_message", message: { type: "pong" } });
  });

  it("L6 a link without an answer in 5 s is dropped", () => {
    bench.feed({ is: "set_active", active: true });
    bench.welcome();
    expect(bench.timers.get("ping")).toBe(5000);
    bench.ring("ping");
    expect(bench.connected).toBe(false);
    expect(bench.statuses()).toEqual(["open", "reconnecting"]);
  });

  it("L6 anything heard is an answer", () => {
    bench.feed({ is: "set_active", active: true });
    bench.welcome();
    bench.hear({ type: "news" });
    bench.ring("ping");
    expect(bench.connected).toBe(true);
  });

  it("L6 pings no more when the session is over", () => {
    bench.feed({ is: "set_active", active: true });
    bench.welcome();
    bench.feed({ is: "set_active", active: false });
    expect(bench.timers.has("ping")).toBe(false);
  });

  it("L6 says bye and is silent after close", () => {
    bench.welcome();
    bench.feed({ is: "close" });
    expect(bench.look()).toEqual(["hello", "bye"]);
    bench.send("late");
    expect(bench.look()).toEqual([]);
    expect([...bench.timers]).toEqual([]);
  });
});

// ---- against a model of the other side ------------------------------------------------------------

/** The server's side of a link: numbers, holds, resumes. */
class ServerModel {
  received: string[] = [];
  #count = 0;
  #sent: string[] = [];
  #tokens = 0;
  wire: string[] = [];

  send(text: string): void {
    this.#sent.push(text);
    this.wire.push(text);
  }

  hear(data: string | Uint8Array): void {
    const text = typeof data === "string" ? data : new TextDecoder().decode(data);
    const message = JSON.parse(text);
    if (message.type === "hello") this.#greet(message);
    else if (message.type !== "ack") {
      this.#count += 1;
      this.received.push(text);
      if (this.#count % 3 === 0) this.wire.push(JSON.stringify({ type: "ack", received: this.#count }));
    }
  }

  #greet(hello: { resume: string | null; received: number }): void {
    const resumed = hello.resume === `token ${this.#tokens}`;
    if (!resumed && this.#tokens > 0) throw new Error("a resume that should have held was refused");
    // Only one token is ever out: it dies when used.
    this.#tokens += 1;
    this.wire = [
      JSON.stringify({ type: "welcome", resume: `token ${this.#tokens}`, resumed, received: this.#count }),
      ...this.#sent.slice(hello.received),
    ];
  }
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Run a link over a wire that breaks at random; the welcome itself always arrives. */
function converse(seed: number): { asked: string[]; heard: string[]; replied: string[]; told: string[] } {
  const chance = seeded(seed);
  const server = new ServerModel();
  const client = new LinkMachine({
    hello: ({ resume, received }) => ({ type: "hello", resume, received }),
    chance,
    limitFrameBytes: 2 ** 20,
  });
  const [asked, replied, told]: string[][] = [[], [], []];
  let wire: (string | Uint8Array)[] = [];
  let up = false;
  const feed = (event: LinkEvent): void => {
    for (const command of client.handle(event, 0)) {
      if (command.do === "connect") up = true;
      else if (command.do === "disconnect") up = false;
      else if (command.do === "transmit") wire.push(command.data);
      else if (command.do === "tell_message") told?.push(JSON.stringify(command.message));
    }
  };
  const connect = (): void => {
    wire = [];
    server.wire = [];
    feed({ is: "opened" });
    server.hear(wire.shift() as string);
    feed({ is: "text", text: server.wire.shift() as string });
  };
  const carry = (): void => {
    const out = chance() < 0.5;
    const data = out ? wire.shift() : server.wire.shift();
    if (data === undefined) return;
    if (out) server.hear(data);
    else feed({ is: "text", text: data as string });
  };
  const ask = (): void => {
    const text = JSON.stringify({ type: "ask", number: asked?.length });
    asked?.push(text);
    if (chance() < 0.5) feed({ is: "send", message: JSON.parse(text) });
    else feed({ is: "send_frame", frame: new TextEncoder().encode(text) });
  };
  const reply = (): void => {
    const text = JSON.stringify({ type: "reply", number: replied?.length });
    replied?.push(text);
    server.send(text);
  };
  feed({ is: "started" });
  connect();
  for (let step = 0; step < 400; step++) {
    const dice = chance();
    if (dice < 0.25) ask();
    else if (dice < 0.45) reply();
    else if (dice < 0.9) carry();
    else if (dice < 0.95) feed({ is: "timer", name: "ack" });
    else {
      feed({ is: "closed" });
      if (chance() < 0.5) ask();
      feed({ is: "timer", name: "retry" });
      connect();
    }
  }
  while (up && wire.length + server.wire.length > 0) carry();
  return { asked: asked ?? [], heard: server.received, replied: replied ?? [], told: told ?? [] };
}

it("L4 whatever the drops, nothing is lost, nothing doubled, and the order kept", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const { asked, heard, replied, told } = converse(seed);
    expect(heard, `seed ${seed}`).toEqual(asked);
    expect(told, `seed ${seed}`).toEqual(replied);
  }
});
