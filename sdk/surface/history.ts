/** Has the server keep what the visitor looks at: the page that asked for it, and all that follow in this tab (S2, R12). */
import { readPage } from "../page.ts";
import type { SurfaceHost } from "../ports.ts";

const FLAG = "history";

export interface History {
  save(): void;
  /** The page may show something else by now. */
  look(): void;
}

export function startHistory(host: SurfaceHost): History {
  let saved: string | null = null;

  function look(): void {
    const { url, title } = readPage(host.page, host.settings);
    if (url === saved || !host.tab.flags.has(FLAG)) return;
    saved = url;
    const seenMs = performance.now();
    void host.whenWelcomed().then(() => {
      const ago_s = (performance.now() - seenMs) / 1000;
      host.send({ type: "history_saved", views: [{ url, title, ago_s }] });
    });
  }

  look();
  return {
    save() {
      host.tab.flags.add(FLAG);
      look();
    },
    look,
  };
}
