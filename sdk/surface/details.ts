/** Fetches what shows the visitor who sees what, once they ask for it, and hands on what it lives on (SPEC M6, M7). */
import type { SessionState, ToVisitor } from "#protocol/messages";
import type { Words } from "../consent/strings.ts";
import { fetchModule } from "../modules.ts";
import type { Capture, Cards, Insight, StartInsight, SurfaceHost } from "../ports.ts";
import { proxiedOf } from "../proxied.ts";

/** Beside this bundle; its name is known when it is built. */
declare const INSIGHT_FILE: string;

export interface Details {
  /** Show it, or take it away. `opener` gets the focus back. */
  open(opener: HTMLElement): void;
  sessionIs(state: SessionState): void;
  captured(capture: Capture | null): void;
  left(frame: Uint8Array<ArrayBuffer>): void;
  read(message: ToVisitor): void;
  stop(): void;
}

export function startDetails(
  host: SurfaceHost,
  words: Words,
  options: { cards(): Pick<Cards, "mount">; endSession(): string | null },
): Details {
  let loading = false;
  let insight: Insight | null = null;
  let session: SessionState | null = null;
  let capture: Capture | null = null;

  async function load(): Promise<void> {
    const { startInsight } = await fetchModule<{ startInsight: StartInsight }>(
      new URL(INSIGHT_FILE, import.meta.url).href,
    );
    insight = startInsight(host.page, {
      words,
      tab: host.tab.id,
      // A proxied page leads frames and windows to the proxy.
      hasPicture: proxiedOf(host.page) === null,
      mount: (layer) => options.cards().mount(layer),
      endSession: options.endSession,
      stopSession: () => host.stopSession(),
      send: (message) => host.send(message),
    });
    insight.captured(capture);
  }

  async function open(opener: HTMLElement): Promise<void> {
    if (!insight) {
      if (loading) return;
      loading = true;
      await load().finally(() => {
        loading = false;
      });
    }
    if (session) insight?.open(session, opener);
  }

  return {
    open: (opener) => void open(opener).catch((thrown) => host.events.fail("core_unavailable", `${thrown}`)),
    sessionIs(state) {
      session = state.phase === "live" || state.phase === "paused" ? state : null;
      insight?.sessionIs(state);
    },
    captured(now) {
      capture = now;
      insight?.captured(now);
    },
    left: (frame) => insight?.left(frame),
    read: (message) => message.type === "picture" && insight?.told(message.assets),
    stop() {
      insight?.stop();
      insight = null;
    },
  };
}
