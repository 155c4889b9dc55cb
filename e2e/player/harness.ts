/** What the tests of the player call in the agent's page. */

import { startOverlay } from "#player/overlay/overlay";
import { createPlayer } from "#player/player";
import type { Overlay, Player } from "#player/ports";
import { startSense } from "#player/sense/sense";
import { encodeFrame, Flag, Kind } from "#protocol/envelope";
import type { Slot } from "#protocol/facts";

const log: unknown[] = [];
const errors: string[] = [];
addEventListener("error", (event) => errors.push(event.message));
addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
const wishes: unknown[] = [];
let player: Player;
let overlay: Overlay;
let hasControl = true;
let seq = 0;
let epoch = 0;

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const harness = {
  log,
  wishes,
  get overlay() {
    return overlay;
  },
  setControl(next: boolean) {
    hasControl = next;
  },
  /** Lay the sensing surface over the stage, which is shown at a scale. Returns the way to stop. */
  sense(scale: number) {
    const mount = document.getElementById("mount") as HTMLElement;
    const sheet = mount.parentElement as HTMLElement;
    mount.style.transform = `scale(${scale})`;
    overlay = startOverlay(sheet, player);
    return startSense(document.getElementById("surface") as HTMLElement, {
      player,
      hasControl: () => hasControl,
      onWish: (wish) => wishes.push(wish),
      onEscape: () => log.push(["escape"]),
    });
  },
  errors,
  get player() {
    return player;
  },
  get doc() {
    return player.document;
  },
  node: (id: number) => player.nodeOf(id),
  open(stageUrl: string) {
    player = createPlayer(document.getElementById("mount") as HTMLElement, {
      stageUrl,
      assets: "/assets/secret/",
      hiddenKinds: {
        password: "password",
        card: "card number",
        security_code: "security code",
        expiry: "expiry date",
        one_time_code: "one-time code",
        email: "e-mail address",
        phone: "phone number",
      },
      onBroken: (reason) => log.push(["broken", reason]),
      onDiffers: (reason) => log.push(["differs", reason]),
      onVerified: () => log.push(["verified"]),
      onPage: (page) => log.push(["page", page]),
      onFirstPicture: () => log.push(["first"]),
      onWholePicture: () => log.push(["whole"]),
      onVisitorPointer: (at) => log.push(["pointer", at]),
      onCost: (cost) => log.push(["cost", cost]),
      onVisiblePart: (part) => log.push(["visible", part]),
    });
    harness.begin(1);
  },
  begin(next: number) {
    epoch = next;
    seq = 0;
    player.reset(next);
  },
  /** Frame a batch; options override what the envelope would say. */
  async frame(slots: Slot[], options: { seq?: number; epoch?: number; flags?: number; deflated?: boolean } = {}) {
    let payload = new TextEncoder().encode(JSON.stringify(slots));
    let flags = options.flags ?? (seq === 0 ? Flag.SnapshotStart : 0);
    if (options.deflated) {
      payload = await deflate(payload);
      flags |= Flag.Deflated;
    }
    const own = flags & Flag.Volatile ? Math.max(seq - 1, 0) : seq++;
    return encodeFrame(
      { kind: Kind.Facts, flags, epoch: options.epoch ?? epoch, seq: options.seq ?? own, tMs: 0 },
      payload,
    );
  },
  async feed(slots: Slot[], options = {}) {
    await player.feed(await harness.frame(slots, options));
  },
};

Object.assign(globalThis, { harness });
export type Harness = typeof harness;
