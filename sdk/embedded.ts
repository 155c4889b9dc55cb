/** A page in a frame of another site, told to the page around it through a port; see capture/foreign.ts for the other end. */
import { decodeHeader, Flag, HEADER_BYTES, Kind } from "#protocol/envelope";
import type { FromInner, ToInner } from "./inner.ts";
import type { Capture, Control } from "./ports.ts";

type Start = (options: {
  send(frame: Uint8Array<ArrayBuffer>): void;
  unacknowledgedBytes(): number;
  onBroken(): void;
}) => { capture: Capture; control: Control };

async function textOf(frame: Uint8Array<ArrayBuffer>, deflated: boolean): Promise<string> {
  const payload = new Blob([frame.subarray(HEADER_BYTES)]);
  if (!deflated) return payload.text();
  return new Response(payload.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/** Tell this page through the port until the other side closes it; returns the way to stop. */
export function tellParent(page: Window, port: MessagePort, start: Start): () => void {
  let unacknowledged_bytes = 0;
  let tail = Promise.resolve();
  const say = (message: FromInner): void => port.postMessage(message);

  function send(frame: Uint8Array<ArrayBuffer>): void {
    const { kind, flags } = decodeHeader(frame);
    unacknowledged_bytes += frame.length;
    tail = tail.then(async () => {
      if (kind === Kind.Asset) say({ asset: frame.subarray(HEADER_BYTES), bytes: frame.length });
      else
        say({
          batch: await textOf(frame, !!(flags & Flag.Deflated)),
          volatile: !!(flags & Flag.Volatile),
          bytes: frame.length,
        });
    });
  }
  const { capture, control } = start({
    send,
    unacknowledgedBytes: () => unacknowledged_bytes,
    onBroken: () => say({ again: true }),
  });
  const stop = (): void => {
    control.stop();
    capture.stop();
    port.close();
    page.removeEventListener("pagehide", leave);
  };
  const leave = (): void => {
    say({ gone: true });
    stop();
  };
  page.addEventListener("pagehide", leave);
  port.onmessage = ({ data }: MessageEvent<ToInner>) => {
    if (data.stop) stop();
    if (data.taken) unacknowledged_bytes -= data.taken;
    const { wish, wisher, id = 0, url } = data;
    if (wish && wisher) {
      control.carryOut(
        wish,
        () => wisher,
        (code, at) => say({ answered: id, code, at }),
      );
    }
    if (url === undefined) return;
    void capture
      .supplyAsset(url)
      .catch(() => false)
      .then((found) => found || say({ missing: url }));
  };
  return stop;
}
