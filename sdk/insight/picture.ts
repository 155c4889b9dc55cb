/** Shows the visitor what agents see: our server's page plays the frames that leave this one, in a frame or a window (SPEC M7). */
import type { Words } from "../consent/strings.ts";

export interface PictureOptions {
  words: Words;
  /** Ask the server for the asset door and a new epoch. */
  want(): void;
  /** The page's policy forbids the frame. */
  onForbidden(): void;
}

export interface Picture {
  /** Empty until it is opened. */
  readonly mount: HTMLElement;
  /** In the panel; or in a window, which needs a press by the visitor. */
  open(isWindow: boolean): void;
  /** Where assets come from, as the server told. */
  told(assets: string): void;
  left(frame: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

const SEEN_URL = new URL("../seen", import.meta.url);

export function createPicture(page: Window, mount: HTMLElement, { words, want, onForbidden }: PictureOptions): Picture {
  const { document } = page;
  const { strings, tag } = words;
  let frame: HTMLIFrameElement | null = null;
  let other: Window | null = null;
  /** Wants to be told where assets come from. */
  let waiting: Window | null = null;
  let port: MessagePort | null = null;

  function onMessage({ source, origin, data }: MessageEvent): void {
    const from = source && (source === frame?.contentWindow || source === other) ? (source as Window) : null;
    if (!from || origin !== SEEN_URL.origin || data?.twinpane !== "seen") return;
    waiting = from;
    want();
  }

  function onViolation({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void {
    if (!frame || !/frame|child/.test(effectiveDirective) || !blockedURI.startsWith(SEEN_URL.origin)) return;
    forget();
    onForbidden();
  }

  function forget(): void {
    port?.close();
    other?.close();
    frame?.remove();
    frame = other = waiting = port = null;
  }

  return {
    mount,
    open(isWindow) {
      forget();
      page.addEventListener("message", onMessage);
      document.addEventListener("securitypolicyviolation", onViolation);
      if (isWindow) {
        other = page.open(SEEN_URL, "", "popup,width=900,height=700");
        return;
      }
      frame = document.createElement("iframe");
      frame.title = strings.pictureTitle;
      frame.src = SEEN_URL.href;
      mount.append(frame);
    },
    told(assets) {
      if (!waiting) return;
      port?.close();
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = () => want();
      const { pictureTitle: title, hidden } = strings;
      waiting.postMessage({ twinpane: "seen", assets, language: tag, title, hidden }, SEEN_URL.origin, [channel.port2]);
    },
    left: (bytes) => port?.postMessage(bytes),
    close() {
      page.removeEventListener("message", onMessage);
      document.removeEventListener("securitypolicyviolation", onViolation);
      forget();
    },
  };
}
