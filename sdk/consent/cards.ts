/** What the visitor sees of us: consent cards, the frame and pill while live, agents' cursors, how it ended, the lookup code (S8). */
import type { SessionState } from "#protocol/messages";
import type { Cards, StartCards } from "../ports.ts";
import { type Badge, makeBadge } from "./badge.ts";
import { type CardParts, make, makeButton, makeCard } from "./build.ts";
import { type ConsolePill, makeConsolePill } from "./console.ts";
import { type Cursors, makeCursors } from "./cursors.ts";
import { fillIn } from "./placeholders.ts";
import { type CardStage, openStage } from "./stage.ts";
import { watchStopKey } from "./stop_key.ts";

const ENDED_CARD_MS = 6000;

/** Events on our cards are not the page's: a click here must not close its menus. */
const KEPT_EVENTS =
  "click dblclick contextmenu pointerdown pointerup mousedown mouseup touchstart touchend keydown keypress keyup".split(
    " ",
  );

type Asking = NonNullable<SessionState["asking"]>;

interface Scene {
  stage: CardStage;
  /** Holds at most one card. */
  top: HTMLElement;
  bottom: HTMLElement;
  polite: HTMLElement;
  badge: Badge;
  consolePill: ConsolePill;
  cursors: Cursors;
  stopKey(): void;
}

export const startCards: StartCards = (page, options): Cards => {
  const { answer, stopSession, words } = options;
  const { strings } = words;
  const { document } = page;
  let scene: Scene | null = null;
  let state: SessionState | null = null;
  /** The question on show, put to the page, or just answered. */
  let question: Asking | null = null;
  let wasSeen = false;
  let endedTimer = 0;
  let offer: HTMLElement | null = null;

  const fill = (text: string, agentName: string | null) =>
    fillIn(text, { agentName, currentDomain: new URL(page.document.URL).hostname, lookupCode: options.lookupCode });

  /** What the page says instead of our words, where it says something. */
  function text(given: string | null, ours: string, agentName: string | null = state?.agents[0]?.name ?? null): string {
    return fill(given ?? ours, agentName);
  }

  const isLive = () => state?.phase === "live" || state?.phase === "paused";

  function endSession(): string | null {
    const { showTerminateButton, translationsStopSession } = options.config;
    return showTerminateButton ? text(translationsStopSession, strings.endSession) : null;
  }

  function openScene(): Scene {
    if (scene) return scene;
    const stage = openStage(page);
    const badge = makeBadge(document, {
      words,
      endSession,
      stopSession,
      showDetails: options.showDetails,
    });
    const consolePill = makeConsolePill(document, words, options.closeConsole);
    const stopKey = watchStopKey(page, {
      isLive: () => isLive() && options.config.showTerminateButton,
      onHold(isHeld) {
        badge.hold(isHeld);
        if (isHeld) announce(strings.stopKeyHeld);
      },
      stop: stopSession,
    });
    stage.root.lang = words.tag;
    stage.root.dir = words.tag === "ar" ? "rtl" : "ltr";
    const top = make(document, "div", "top");
    const bottom = make(document, "div", "bottom");
    const polite = make(document, "div", "polite");
    polite.setAttribute("role", "status");
    const cursors = makeCursors(page, options.config.cursorColor);
    stage.root.append(polite, cursors.layer, top, bottom);
    for (const type of KEPT_EVENTS) stage.root.addEventListener(type, (event) => event.stopPropagation());
    scene = { stage, top, bottom, polite, badge, consolePill, cursors, stopKey };
    return scene;
  }

  function announce(words: string): void {
    const { polite } = openScene();
    if (polite.textContent !== words) polite.textContent = words;
  }

  function showCard(parts: Omit<CardParts, "foot"> | null): void {
    page.clearTimeout(endedTimer);
    if (!parts) {
      scene?.top.replaceChildren();
      return;
    }
    openScene().top.replaceChildren(
      makeCard(document, { ...parts, foot: options.config.showUpscopeLink ? strings.by : null }),
    );
    announce(`${parts.title} ${parts.message}`);
  }

  const okButton = () => ({
    text: text(options.config.translationsOk, strings.ok),
    isPrimary: true,
    press: () => showCard(null),
  });

  /** What the visitor agrees to; the page's own words do not say that it is recorded. */
  function viewMessage(name: string | null): string {
    const { strings } = words;
    const message = text(options.config.authorizationPromptMessage, strings.viewMessage, name);
    return state?.recorded ? `${message} ${strings.recorded}` : message;
  }

  function showQuestion(asking: Asking, decide: (allowed: boolean) => void): void {
    const { kind, agent_name: name } = asking;
    const { config } = options;
    const words = {
      view: () => [text(config.authorizationPromptTitle, strings.viewTitle, name), viewMessage(name)] as const,
      control: () => [fill(strings.controlTitle, name), fill(strings.controlMessage, name)] as const,
      console: () => [fill(strings.consoleTitle, name), fill(strings.consoleMessage, name)] as const,
    };
    const [title, message] = words[kind]();
    showCard({
      role: "alertdialog",
      title,
      message,
      buttons: [
        { text: text(config.translationsNo, strings.deny, name), isPrimary: false, press: () => decide(false) },
        { text: text(config.translationsYes, strings.allow, name), isPrimary: true, press: () => decide(true) },
      ],
    });
  }

  function ask(asking: Asking): void {
    const isSame = question?.kind === asking.kind && question.agent === asking.agent;
    if (isSame) return;
    question = asking;
    let isOpen = true;
    const decide = (allowed: boolean) => {
      if (!isOpen || question !== asking) return;
      isOpen = false;
      showCard(null);
      answer(asking.kind, asking.agent, allowed);
    };
    const { onSessionRequest, onControlRequest } = options.config;
    const hook = { view: onSessionRequest, control: onControlRequest, console: null }[asking.kind];
    if (!hook) {
      showQuestion(asking, decide);
      return;
    }
    showCard(null);
    try {
      hook((allow) => decide(allow === true), asking.agent_name);
    } catch (error) {
      console.warn("Twinpane: the page's own consent prompt failed, ours is shown instead.", error);
      showQuestion(asking, decide);
    }
  }

  function showEnded({ end_reason: reason, agents }: SessionState): void {
    const name = agents[0]?.name ?? null;
    showCard({
      role: "dialog",
      title: strings.endedTitle,
      message: text(options.config.endOfScreenshareMessage, strings.ended[reason ?? "agent_stopped"], name),
      buttons: [okButton()],
    });
    endedTimer = page.setTimeout(() => showCard(null), ENDED_CARD_MS);
  }

  function showBadge(live: SessionState | null): void {
    if (!live) {
      if (!scene) return;
      scene.badge.frame.remove();
      scene.badge.pill.remove();
      scene.consolePill.update(null);
      scene.cursors.keep([]);
      return;
    }
    const { stage, badge, consolePill, bottom, cursors } = openScene();
    badge.update(live);
    consolePill.update(live);
    if (consolePill.element.hidden) consolePill.element.remove();
    else if (!consolePill.element.isConnected) bottom.prepend(consolePill.element);
    cursors.keep(live.agents);
    if (badge.pill.isConnected) return;
    stage.root.prepend(badge.frame);
    bottom.append(badge.pill);
    announce(badge.pill.getAttribute("aria-label") ?? "");
  }

  return {
    look() {
      if (isLive()) showBadge(state);
    },
    show(next) {
      const hadEnded = state?.phase === "ended" && state.id === next?.id;
      state = next;
      const asking = next?.phase === "ended" ? null : (next?.asking ?? null);
      showBadge(isLive() ? next : null);
      if (offer) offer.hidden = isLive();
      if (asking) ask(asking);
      else {
        if (question) showCard(null);
        question = null;
      }
      wasSeen ||= isLive() || !!asking;
      if (next?.phase !== "ended" || hadEnded) return;
      if (wasSeen && next.end_reason !== "rejected") showEnded(next);
      wasSeen = false;
    },
    pointAt(id, at, clicked) {
      const agent = state?.agents.find((known) => known.id === id);
      if (!agent || !scene || !isLive()) return;
      scene.cursors.pointAt(agent, at, clicked);
    },
    isConsoleShown: () => scene?.consolePill.element.hidden === false,
    showLookupCode(code) {
      if (state?.asking) return;
      const message = code ? strings.codeMessage : strings.codeNone;
      showCard({ role: "dialog", title: strings.codeTitle, message, code, buttons: [okButton()] });
    },
    offerCode(press) {
      offer?.remove();
      offer = press && make(document, "div", "pill offer");
      if (!offer || !press) return;
      offer.append(makeButton(document, "end", strings.codeButton, press));
      openScene().bottom.append(offer);
    },
    endSession,
    mount: (layer) => openScene().cursors.layer.before(layer),
    isOurs: (node) => scene?.stage.isOurs(node) ?? false,
    stop() {
      page.clearTimeout(endedTimer);
      scene?.stopKey();
      scene?.stage.stop();
      scene = null;
    },
  };
};
