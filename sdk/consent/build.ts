/** Makes the pieces of cards; by DOM calls alone, because pages may forbid markup strings (Trusted Types). */

export function make<K extends keyof HTMLElementTagNameMap>(
  document: Document,
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** A button for people: clicks made by scripts do nothing, so no agent can answer for the visitor (M5). */
export function makeButton(document: Document, className: string, text: string, press: () => void): HTMLButtonElement {
  const button = make(document, "button", className, text);
  button.type = "button";
  button.addEventListener("click", (event) => event.isTrusted && press());
  return button;
}

const SVG = "http://www.w3.org/2000/svg";

export function makeIcon(document: Document, size: number, path: string): SVGSVGElement {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", `0 0 ${size} ${size}`);
  icon.setAttribute("width", String(size));
  icon.setAttribute("height", String(size));
  icon.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  icon.append(shape);
  return icon;
}

export interface CardParts {
  role: "alertdialog" | "dialog";
  title: string;
  message: string;
  /** Digits shown large. */
  code?: string;
  /** Small, below all. */
  foot: string | null;
  buttons: { text: string; isPrimary: boolean; press(): void }[];
}

export function makeCard(document: Document, { role, title, message, code, foot, buttons }: CardParts): HTMLElement {
  const card = make(document, "section", "card");
  card.setAttribute("role", role);
  card.setAttribute("aria-labelledby", "title");
  card.setAttribute("aria-describedby", "message");
  const heading = make(document, "h2", "title", title);
  heading.id = "title";
  heading.dir = "auto";
  const words = make(document, "p", "message", message);
  words.id = "message";
  words.dir = "auto";
  card.append(heading);
  if (code) card.append(make(document, "p", "code", code));
  card.append(words);
  const answers = make(document, "div", buttons.length > 1 ? "answers pair" : "answers");
  for (const { text, isPrimary, press } of buttons) {
    answers.append(makeButton(document, isPrimary ? "primary" : "", text, press));
  }
  card.append(answers);
  if (foot) card.append(make(document, "p", "foot", foot));
  return card;
}
