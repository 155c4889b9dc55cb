/**
 * Shows the visitor who sees what: the panel, marks on all that is hidden, and the agents' picture (SPEC M6, M7). A bundle of its own,
 * fetched by the surface when the visitor asks for it.
 */
import type { SessionState } from "#protocol/messages";
import type { Capture, Insight, StartInsight } from "../ports.ts";
import { makePanel, type Panel } from "./panel.ts";
import { createPicture, type Picture } from "./picture.ts";
import { STYLE } from "./style.ts";
import { createVeil, type Veil } from "./veil.ts";

export const startInsight: StartInsight = (page, options): Insight => {
  const { words, mount } = options;
  const { strings } = words;
  const view = page as Window & typeof globalThis;
  let session: SessionState | null = null;
  let capture: Capture | null = null;
  let panel: Panel | null = null;
  let veil: Veil | null = null;
  let picture: Picture | null = null;
  let isDressed = false;
  let back: HTMLElement | null = null;

  /** A constructed sheet is let through by a strict style-src. */
  function dress(element: Element): void {
    if (isDressed) return;
    isDressed = true;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = element.getRootNode() as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  function setVeiled(isOn: boolean): void {
    veil?.stop();
    veil = null;
    panel?.count(null);
    if (!isOn) return;
    veil = createVeil(page, { word: strings.hidden, onCount: (count) => panel?.count(count) });
    if (panel) panel.element.before(veil.layer);
    capture?.add(veil.kind);
  }

  function showPicture(isWindow: boolean): void {
    if (!panel) return;
    picture?.close();
    picture = createPicture(page, panel.seen, {
      words,
      want: () => options.send({ type: "picture_wanted" }),
      onForbidden: () => panel?.say(strings.forbidden),
    });
    picture.open(isWindow);
    look();
  }

  /** Say why there is no picture, where there is none. */
  function look(): void {
    const elsewhere = session?.tabs.some(({ active, id }) => active && id !== options.tab);
    panel?.say(!picture ? "" : session?.phase === "paused" ? strings.paused : elsewhere ? strings.elsewhere : "");
  }

  function close(): void {
    picture?.close();
    picture = null;
    panel?.element.remove();
    panel = null;
    back?.focus({ preventScroll: true });
    back = null;
  }

  return {
    open(state, opener) {
      session = state;
      if (panel) {
        close();
        return;
      }
      back = opener;
      panel = makePanel(page.document, {
        words,
        endSession: options.endSession(),
        isVeiled: veil !== null,
        hasPicture: options.hasPicture,
        veil: setVeiled,
        picture: showPicture,
        stopSession: options.stopSession,
        close,
      });
      panel.update(state);
      mount(panel.element);
      dress(panel.element);
      panel.focus();
    },
    sessionIs(state) {
      session = state;
      if (state.phase === "live" || state.phase === "paused") {
        panel?.update(state);
        look();
      } else {
        back = null;
        close();
        setVeiled(false);
      }
    },
    captured(now) {
      capture = now;
      if (veil) capture?.add(veil.kind);
    },
    left: (frame) => picture?.left(frame),
    told: (assets) => picture?.told(assets),
    stop() {
      back = null;
      close();
      setVeiled(false);
    },
  };
};
