import { afterEach, describe, expect, it } from "vitest";
import { type ConsoleSocket, openSocket } from "./socket.ts";

/** A server that the test plays, and a clock that it turns. */
class World {
  readonly sockets: Wire[] = [];
  readonly timers: { ring: () => void; delayMs: number }[] = [];
  readonly WebSocket: new (
    url: string,
  ) => WebSocket;
  random = () => 0.5;

  constructor() {
    const { sockets } = this;
    this.WebSocket = function open(this: unknown) {
      const wire = new Wire();
      sockets.push(wire);
      return wire;
    } as unknown as World["WebSocket"];
  }

  setTimeout = (ring: () => void, delayMs: number): unknown => {
    const timer = { ring, delayMs };
    this.timers.push(timer);
    return timer;
  };

  clearTimeout = (timer: never): void => {
    const at = this.timers.indexOf(timer);
    if (at >= 0) this.timers.splice(at, 1);
  };

  get wire(): Wire {
    const wire = this.sockets.at(-1);
    if (!wire) throw new Error("nothing was opened");
    return wire;
  }
}

class Wire {
  readyState = 1;
  sent: Record<string, unknown>[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.onclose();
  }

  tell(message: object): void {
    this.onmessage({ data: JSON.stringify(message) });
  }

  welcome(): void {
    this.onopen();
    this.tell({ type: "welcome", protocol: 1 });
  }
}

let socket: ConsoleSocket;
afterEach(() => socket.close());
const asked = (ask: number) => ({ type: "list_visitors" as const, ask, search: "", first: 0, count: 50 });
const told = (ask: number, total: number) => ({ type: "visitors", ask, first: 0, total, order: [], rows: [] });

describe("the console's socket", () => {
  it("says hello first, asks when it is welcomed", () => {
    const world = new World();
    socket = openSocket("ws://here", world);
    socket.watch("visitors", asked(1), () => undefined);
    world.wire.onopen();
    expect(world.wire.sent.map(({ type }) => type)).toEqual(["hello"]);
    world.wire.tell({ type: "welcome", protocol: 1 });
    expect(world.wire.sent.at(-1)).toEqual(asked(1));
    expect(socket.status.value).toBe("open");
  });

  it("lets late answers to an earlier question go", () => {
    const world = new World();
    socket = openSocket("ws://here", world);
    world.wire.welcome();
    const totals: number[] = [];
    socket.watch("visitors", asked(1), ({ total }) => totals.push(total));
    socket.watch("visitors", asked(2), ({ total }) => totals.push(total));
    world.wire.tell(told(1, 10));
    world.wire.tell(told(2, 20));
    expect(totals).toEqual([20]);
  });

  it("comes back after a drop, each time later, and asks again", () => {
    const world = new World();
    socket = openSocket("ws://here", world);
    world.wire.welcome();
    socket.watch("visitors", asked(7), () => undefined);
    const pauses: number[] = [];
    for (let drop = 0; drop < 3; drop += 1) {
      world.wire.onclose();
      expect(socket.status.value).toBe("lost");
      const [timer] = world.timers.splice(0);
      pauses.push(timer?.delayMs ?? 0);
      timer?.ring();
    }
    expect(pauses).toEqual([500, 1000, 2000]);
    world.wire.welcome();
    expect(world.wire.sent.at(-1)).toEqual(asked(7));
  });

  it("stays away once it is refused for good", () => {
    const world = new World();
    socket = openSocket("ws://here", world);
    world.wire.onopen();
    world.wire.tell({ type: "error", code: "bad_credentials", message: "", advice: "stop" });
    world.wire.onclose();
    expect(socket.status.value).toBe("refused");
    expect(world.timers).toEqual([]);
  });
});
