/** Joins what a session needs in the page: capture, control and the visitor's cards. Fetched when a session is asked for. */
import type { RefusalCode, SessionState, WishMade } from "#protocol/messages";
import { startCapture } from "./capture/capture.ts";
import { clip } from "./clip.ts";
import { startCards } from "./consent/cards.ts";
import { startControl } from "./control/control.ts";
import { pointIn } from "./control/place.ts";
import type { Capture, Cards, Control, Core, CoreHost } from "./ports.ts";

const LIMIT_REASON_CHARACTERS = 500;

/** One epoch of the page: what is told, and what agents do with it. */
interface Epoch {
  readonly capture: Capture;
  readonly control: Control;
}

export function startCore(host: CoreHost): Core {
  return new Joined(window, host);
}

class Joined implements Core {
  readonly #page: Window;
  readonly #host: CoreHost;
  readonly #cards: Cards;
  #session: SessionState | null = null;
  #epoch: Epoch | null = null;

  constructor(page: Window, host: CoreHost) {
    this.#page = page;
    this.#host = host;
    this.#cards = startCards(page, {
      config: host.config,
      lookupCode: host.lookupCode,
      answer: (kind, agent, allowed) => host.send({ type: "answered", kind, agent, allowed }),
      stopSession: () => host.send({ type: "stopped" }),
    });
  }

  sessionChanged(session: SessionState): void {
    this.#session = session;
    if (session.phase === "ended") this.#stopEpoch();
    // One card is enough: the tab that the agents would see asks.
    const asks = session.tabs.some((tab) => tab.active && tab.id === this.#host.tab);
    this.#cards.show(asks ? session : { ...session, asking: null });
  }

  capture(number: number | null): void {
    this.#stopEpoch();
    if (number !== null) this.#epoch = this.#begin(number);
  }

  wish(message: WishMade): void {
    const code = this.#carryOut(message);
    if (code) this.#host.send({ type: "wish_refused", agent: message.agent, id: message.id, code });
  }

  assetWanted(url: string): void {
    const supplied = this.#epoch?.capture.supplyAsset(url) ?? Promise.resolve(false);
    supplied
      .catch(() => false)
      .then((found) => {
        if (!found) this.#host.send({ type: "asset_missing", url });
      });
  }

  showLookupCode(code: string): void {
    this.#cards.showLookupCode(code);
  }

  stop(): void {
    this.#stopEpoch();
    this.#cards.stop();
  }

  #begin(number: number): Epoch {
    const { config } = this.#host;
    const isOurs = (node: Node): boolean => this.#cards.isOurs(node);
    const capture = startCapture(this.#page, {
      epoch: number,
      config,
      send: (frame) => this.#host.sendFrame(frame),
      unacknowledgedBytes: () => this.#host.unacknowledgedBytes,
      isOurs,
      // Later, because it may break while it starts.
      onBroken: (reason) => queueMicrotask(() => this.#startOver(capture, reason)),
    });
    return { capture, control: startControl(this.#page, { config, nodes: capture.nodes, isOurs }) };
  }

  #startOver(broken: Capture, reason: string): void {
    if (this.#epoch?.capture !== broken) return;
    this.#stopEpoch();
    this.#host.send({ type: "snapshot_needed", reason: clip(reason, LIMIT_REASON_CHARACTERS) });
  }

  #stopEpoch(): void {
    this.#epoch?.control.stop();
    this.#epoch?.capture.stop();
    this.#epoch = null;
  }

  #carryOut({ agent, wish }: WishMade): RefusalCode | null {
    const epoch = this.#epoch;
    if (!epoch) return "not_live";
    const pointer = wish.kind === "point" || wish.kind === "click" ? wish : null;
    const node = pointer && epoch.capture.nodes.nodeOf(pointer.node);
    // Before the wish is carried out: what it does may move the node.
    const at =
      pointer && node && !(pointer.kind === "point" && pointer.gone) ? pointIn(this.#page, node, pointer) : null;
    const code = epoch.control.carryOut(wish, { id: agent, hasControl: this.#session?.control === agent });
    if (pointer && !code) this.#cards.pointAt(agent, at, pointer.kind === "click");
    return code;
  }
}
