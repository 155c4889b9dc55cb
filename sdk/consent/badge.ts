/** What stands while a session is live: the frame round the page, and the pill that says who is there and ends it. */
import type { SessionState } from "#protocol/messages";
import { make, makeButton, makeIcon } from "./build.ts";
import { listOf, type Words } from "./strings.ts";

export interface BadgeOptions {
  words: Words;
  /** Words on the button that ends the session, as the page has them now; null without the button. */
  endSession(): string | null;
  stopSession(): void;
  showDetails(opener: HTMLElement): void;
}

export interface Badge {
  readonly frame: HTMLElement;
  readonly pill: HTMLElement;
  update(state: SessionState): void;
  /** The key that ends the session is held. */
  hold(isHeld: boolean): void;
}

const FOLD_ICON = "M4 6l4 4 4-4";
const DETAILS_ICON = "M8 7.2v4M8 4.9v.1M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0z";
const EYE_ICON = "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";

/** One sentence about who sees the page and who acts in it. */
export function whoIsThere({ agents, control }: Pick<SessionState, "agents" | "control">, words: Words): string {
  const { strings } = words;
  const present = agents.filter((agent) => agent.connected);
  // An agent who has several windows open has one colour in all of them, and is one person.
  const isIn = (some: typeof agents, { name, color }: (typeof agents)[number]) =>
    some.some((agent) => agent.name === name && agent.color === color);
  const names = (some: typeof agents) =>
    listOf(
      some.filter((agent, at) => !isIn(some.slice(0, at), agent)).map(({ name }) => name || strings.someone),
      words,
    );
  if (!present.length) return strings.paused;
  const controller = present.filter((agent) => agent.id === control);
  if (!controller.length) return strings.seeing.replace("{who}", () => names(present));
  const others = names(present.filter((agent) => !isIn(controller, agent)));
  const sentence = others ? strings.using : strings.usingAlone;
  return sentence.replace(/\{(who|others)\}/g, (_, part) => (part === "who" ? names(controller) : others));
}

function makeLine(document: Document, path: string): SVGSVGElement {
  const icon = makeIcon(document, 16, path);
  icon.setAttribute("fill", "none");
  icon.setAttribute("stroke", "currentColor");
  icon.setAttribute("stroke-width", "1.5");
  icon.setAttribute("stroke-linecap", "round");
  icon.setAttribute("stroke-linejoin", "round");
  return icon;
}

export function makeBadge(document: Document, { words, endSession, stopSession, showDetails }: BadgeOptions): Badge {
  const { strings } = words;
  const frame = make(document, "div", "frame");
  const pill = make(document, "div", "pill");
  pill.setAttribute("role", "group");
  const who = make(document, "span", "who");
  who.dir = "auto";
  const fold = makeButton(document, "fold", "", () => setFolded(!pill.classList.contains("folded")));

  function setFolded(isFolded: boolean): void {
    pill.classList.toggle("folded", isFolded);
    fold.setAttribute("aria-expanded", String(!isFolded));
    fold.setAttribute("aria-label", isFolded ? strings.show : strings.hide);
    fold.replaceChildren(makeLine(document, isFolded ? EYE_ICON : FOLD_ICON));
  }

  setFolded(false);
  const details = makeButton(document, "details", "", () => showDetails(details));
  details.setAttribute("aria-label", strings.details);
  details.setAttribute("aria-haspopup", "dialog");
  details.append(makeLine(document, DETAILS_ICON));
  const rule = make(document, "span", "rule");
  const end = makeButton(document, "end", "", stopSession);
  pill.append(make(document, "span", "dot"), who, details, rule, end, fold);
  let sentence = "";
  const say = (words: string) => {
    if (who.textContent !== words) who.textContent = words;
  };
  return {
    frame,
    pill,
    hold(isHeld) {
      pill.classList.toggle("held", isHeld);
      say(isHeld ? strings.stopKeyHeld : sentence);
    },
    update(state) {
      const present = whoIsThere(state, words);
      sentence = state.recorded ? `${present} · ${strings.recording}` : present;
      say(sentence);
      pill.setAttribute("aria-label", sentence);
      const isWatched = state.agents.some((agent) => agent.connected);
      pill.classList.toggle("paused", !isWatched);
      frame.hidden = !isWatched;
      const ending = endSession();
      rule.hidden = end.hidden = !ending;
      if (ending && end.textContent !== ending) end.textContent = ending;
    },
  };
}
