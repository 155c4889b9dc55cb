/** The panel that tells the visitor who sees what: agents and what each may do, what is hidden from them, what they see (SPEC M6). */
import type { Agent, SessionState } from "#protocol/messages";
import { whoIsThere } from "../consent/badge.ts";
import { make, makeButton, makeIcon } from "../consent/build.ts";
import type { Words } from "../consent/strings.ts";

export interface PanelOptions {
  words: Words;
  /** Words on the button that ends the session; null without it, and then no key does. */
  endSession: string | null;
  isVeiled: boolean;
  /** Whether what agents see can be shown here. */
  hasPicture: boolean;
  veil(isOn: boolean): void;
  /** Show what agents see, here or in a window. */
  picture(isWindow: boolean): void;
  stopSession(): void;
  close(): void;
}

export interface Panel {
  readonly element: HTMLElement;
  /** Where the picture is put. */
  readonly seen: HTMLElement;
  update(state: SessionState): void;
  count(hidden: number | null): void;
  /** Beside the picture: why there is none, or nothing. */
  say(words: string): void;
  focus(): void;
}

const CLOSE_ICON = "M4 4l8 8M12 4l-8 8";

/** What an agent may do, in the order in which it matters to the visitor. */
export function mayDo(
  { permissions, reads_console }: Pick<Agent, "permissions" | "reads_console">,
  { strings, tag }: Words,
): string {
  const { see, draw, click, type, scroll, travel, console } = strings.may;
  const may: readonly [string, boolean | undefined][] = [
    [see, true],
    [draw, permissions?.allow_draw],
    [click, permissions?.allow_click],
    [type, permissions?.allow_type],
    [scroll, permissions?.allow_scroll],
    [travel, permissions?.allow_agent_redirect],
    [console, reads_console ?? false],
  ];
  return new Intl.ListFormat(tag).format(may.filter(([, isAllowed]) => isAllowed !== false).map(([word]) => word));
}

/** One of several windows of the same agent stands for all of them. */
function people({ agents }: SessionState): Agent[] {
  const present = agents.filter(({ connected }) => connected);
  return present.filter(
    ({ name, color }, at) => present.findIndex((one) => one.name === name && one.color === color) === at,
  );
}

export function makePanel(document: Document, options: PanelOptions): Panel {
  const { words, endSession, hasPicture, close } = options;
  const { strings } = words;
  const element = make(document, "div", "insight");
  const panel = make(document, "section", "panel");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "insight-title");
  panel.tabIndex = -1;

  const head = make(document, "div", "head");
  const title = make(document, "h2", "title");
  title.id = "insight-title";
  title.dir = "auto";
  const shut = makeButton(document, "close", "", close);
  shut.setAttribute("aria-label", strings.close);
  const cross = makeIcon(document, 16, CLOSE_ICON);
  cross.setAttribute("stroke", "currentColor");
  cross.setAttribute("stroke-width", "1.5");
  shut.append(cross);
  head.append(title, shut);

  const list = make(document, "ul", "people");
  const rows = make(document, "div", "rows");
  const veil = makeButton(document, "switch", strings.showHidden, () => {
    const isOn = veil.getAttribute("aria-checked") !== "true";
    veil.setAttribute("aria-checked", String(isOn));
    options.veil(isOn);
  });
  veil.setAttribute("role", "switch");
  veil.setAttribute("aria-checked", String(options.isVeiled));
  const hidden = make(document, "p", "note");
  hidden.setAttribute("role", "status");
  const seen = make(document, "div", "seen");
  const note = make(document, "p", "note");
  note.setAttribute("role", "status");
  rows.append(veil, hidden);
  if (hasPicture) {
    const inWindow = makeButton(document, "", strings.inWindow, () => options.picture(true));
    inWindow.hidden = true;
    const show = makeButton(document, "", strings.showPicture, () => {
      show.hidden = true;
      inWindow.hidden = false;
      panel.classList.add("wide");
      options.picture(false);
      inWindow.focus();
    });
    rows.append(show, seen, note, inWindow);
  }
  panel.append(head, list, rows);
  if (endSession) {
    const answers = make(document, "div", "answers");
    answers.append(make(document, "p", "note", strings.stopKey));
    answers.append(makeButton(document, "primary", endSession, options.stopSession));
    panel.append(answers);
  }
  panel.addEventListener("keydown", (event) => event.key === "Escape" && !event.repeat && close());
  element.append(panel);

  return {
    element,
    seen,
    update(state) {
      title.textContent = whoIsThere(state, words);
      list.replaceChildren(
        ...people(state).map((agent) => {
          const item = make(document, "li", "");
          const dot = make(document, "i", "");
          dot.style.setProperty("--agent", agent.color);
          const name = agent.name || strings.someone;
          const sentence = make(document, "span", "");
          sentence.dir = "auto";
          sentence.textContent = strings.mayDo.replace(/\{(who|what)\}/g, (_, part) =>
            part === "who" ? name : mayDo(agent, words),
          );
          item.append(dot, sentence);
          return item;
        }),
      );
    },
    count(parts) {
      const sentence = parts === null ? "" : strings.hiddenParts.replace("{n}", String(parts));
      if (hidden.textContent !== sentence) hidden.textContent = sentence;
    },
    say(sentence) {
      note.textContent = sentence;
    },
    focus: () => panel.focus({ preventScroll: true }),
  };
}
