/** What a link needs and gives. `machine.ts` holds the rules (SPEC L…), `socket.ts` the browser's WebSocket and timers. */

export type LinkStatus = "connecting" | "open" | "reconnecting" | "closed";

/** One dependable connection: numbered, acknowledged, resumed. `Out` and `In` are unions of control messages. */
export interface Link<Out> {
  /** Send a control message; kept until acknowledged, sent again after a drop. */
  send(message: Out): void;
  /** Send a binary frame; kept until acknowledged. Dropped, with `onOverflow`, when too much is unacknowledged (L7). */
  sendFrame(frame: Uint8Array<ArrayBuffer>): void;
  /** Bytes sent and not yet acknowledged: how far behind the network is. */
  readonly unacknowledgedBytes: number;
  readonly status: LinkStatus;
  /** While true the link pings when it hears nothing for 5 s (L6). */
  setActive(active: boolean): void;
  /** Say bye and close for good; safe to call at `pagehide`. */
  close(): void;
}

/** The welcome fields a link reads. */
export interface AnyWelcome {
  readonly type: "welcome";
  readonly resume: string;
  readonly resumed: boolean;
  readonly received: number;
}

/** What a hello says of the link itself. */
export interface LinkMarks {
  /** null asks for a fresh link. */
  resume: string | null;
  /** How many messages were heard (L4). */
  received: number;
  /** How many of those sent here were acknowledged (K2). */
  acknowledged: number;
}

export interface LinkOptions<Out, In extends { type: string }> {
  url: string;
  /** Build the hello; called at every connect. */
  hello(marks: LinkMarks): Out;
  /** Called for each message, pongs as well: they tell the server's clock (L8). */
  onMessage(message: In): void;
  /** Called for each welcome, before the messages that follow; fresh means nothing from before still holds (L4). */
  onWelcome(welcome: In & AnyWelcome): void;
  onFrame?(frame: Uint8Array): void;
  onStatus(status: LinkStatus): void;
  /** Page frames were dropped; ask for a new snapshot. */
  onOverflow?(): void;
  /** Refused for good (advice stop), with the code. */
  onRefused(code: string, message: string): void;
}
