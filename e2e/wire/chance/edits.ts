/** What may happen in a random page. Each keeps the law: a secret stands in what is covered, from the first moment to the last. */
import type { Place } from "./place.ts";

type Edit = (place: Place) => void;

const WORDS =
  "title alt placeholder aria-label aria-description data-x href src srcset poster action name label value lang slot itemid content cite".split(
    " ",
  );

function put(place: Place, element: Element): void {
  const { chance } = place;
  const secret = place.secret();
  const html = element as HTMLElement;
  switch (chance.number(9)) {
    case 0:
      element.setAttribute(
        "style",
        `background: url(/${secret}.png); --x: '${secret}'; grid-template-areas: '${secret}'`,
      );
      break;
    case 1:
      html.style?.setProperty("--words", secret);
      break;
    case 2:
    case 3:
      element.setAttribute(chance.pick(WORDS), chance.once(2) ? secret : `/a?q=${secret}`);
      break;
    case 4:
      if (/^(?:input|textarea|select|button|output)$/.test(element.localName))
        (element as HTMLInputElement).value = secret;
      else element.append(secret);
      element.dispatchEvent(new Event("input", { bubbles: true }));
      break;
    case 5:
      element.animate?.({ content: [`'${secret}'`, '""'], backgroundImage: [`url(/${secret})`, "none"] }, 1e6);
      break;
    case 6:
      if (element instanceof HTMLSelectElement) element.options[0]?.setAttribute("label", secret);
      element.append(secret);
      break;
    default:
      element.append(document.createTextNode(`pay ${secret} now`));
  }
}

function grow(place: Place, into: Element, depth: number): void {
  for (let left = 1 + place.chance.number(3); left > 0; left--) {
    const made = place.make();
    if (place.chance.once(4)) place.cover(made);
    into.append(made);
    if (place.isCovered(made)) {
      if (place.chance.once(2)) put(place, made);
    } else if (made.localName === "p" || made.localName === "div") made.append(place.shown());
    if (depth > 0 && !(made instanceof HTMLSelectElement)) grow(place, made, depth - 1);
  }
}

/** The page as it begins. */
export function begin(place: Place): void {
  const one = document.createElement("p");
  if (place.onlyIn) one.className = place.onlyIn.slice(1);
  one.append(place.shown());
  place.root.append(one);
  grow(place, place.root, 3);
}

const growSomewhere: Edit = (place) => grow(place, place.chance.pick(place.containers()), 1);

const putSomewhere: Edit = (place) => {
  const element = place.some(place.covered());
  if (element) put(place, element);
};

const changeText: Edit = (place) => {
  const texts = place.covered().flatMap((element) => [...element.childNodes].filter((node) => node instanceof Text));
  const text = place.some(texts) as Text | null;
  if (text) text.replaceData(place.chance.number(text.length + 1), 0, place.secret());
};

const move: Edit = (place) => {
  const element = place.some(place.elements().filter((one) => one !== place.root));
  if (!element) return;
  // What hides by itself may go anywhere; what is hidden by its place goes to such a place.
  const anywhere = place.mayMove(element);
  const homes = place.containers().filter((home) => {
    const isFit = anywhere || (place.onlyIn ? place.isUnderMask(home) : place.isCovered(home));
    return isFit && !element.contains(home);
  });
  place.some(homes)?.insertBefore(element, null);
};

const wrap: Edit = (place) => {
  const element = place.some(place.elements());
  if (!element?.parentNode) return;
  const around = document.createElement("div");
  place.cover(around);
  element.replaceWith(around);
  around.append(element);
  put(place, element);
};

const coverLate: Edit = (place) => {
  const element = place.some(place.elements().filter((one) => !place.isCovered(one)));
  if (!element) return;
  if (place.chance.once(2)) place.cover(element);
  put(place, element);
  if (!place.isCover(element)) place.cover(element);
};

const uncover: Edit = (place) => {
  const element = place.some(place.elements().filter((one) => place.mayUncover(one)));
  if (element) place.uncover(element);
};

const outAndIn: Edit = (place) => {
  const element = place.some(place.covered());
  const parent = element?.parentNode;
  if (!element || !parent) return;
  element.remove();
  put(place, element);
  parent.append(element);
};

const innerHtml: Edit = (place) => {
  const element = place.some(place.covered().filter(({ localName }) => /^(?:div|p|td|li|section)$/.test(localName)));
  const secret = place.secret();
  if (element)
    element.innerHTML = `<p title="${secret}">${secret}<input value="${secret}" placeholder="${secret}"></p>`;
};

const passwordShown: Edit = (place) => {
  const field = document.createElement("input");
  field.type = "password";
  if (place.chance.once(2)) field.setAttribute("value", place.secret());
  place.chance.pick(place.containers()).append(field);
  if (place.chance.once(2)) field.value = place.secret();
  field.type = place.chance.once(2) ? "text" : "search";
  field.value = place.secret();
  if (place.chance.once(3)) field.setAttribute("value", place.secret());
};

const knownFields: Edit = (place) => {
  const field = document.createElement("input");
  const kinds = ["cc-number", "shipping cc-csc", "one-time-code", "new-password", "current-password"];
  field.setAttribute("autocomplete", place.chance.pick(kinds));
  field.value = place.secret();
  field.setAttribute("placeholder", place.secret());
  place.chance.pick(place.containers()).append(field);
  field.value = place.secret();
};

const hiddenField: Edit = (place) => {
  const field = document.createElement("input");
  field.type = "hidden";
  field.value = place.secret();
  place.chance.pick(place.containers()).append(field);
  field.setAttribute("value", place.secret());
};

/** Passes the check of card numbers (ISO/IEC 7812-1); typed digit by digit. */
function cardNumber(place: Place): string {
  const digits = `4${Array.from({ length: 14 }, () => place.chance.number(10)).join("")}`;
  const sum = [...digits].reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  const made = `${digits}${(10 - (sum % 10)) % 10}`;
  place.secrets.push(made);
  return made;
}

const cardPasted: Edit = (place) => {
  const field = document.createElement(place.chance.once(3) ? "textarea" : "input");
  place.chance.pick(place.containers()).append(field);
  field.value = cardNumber(place);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/** An issuer's number of six digits may be seen; the holder's begins behind it. */
const cardTyped: Edit = (place) => {
  const field = document.createElement("input");
  place.chance.pick(place.containers()).append(field);
  const number = cardNumber(place);
  field.focus();
  // Nobody types into what cannot be focused: it is not shown.
  if (!field.matches(":focus")) field.value = number;
  else
    for (const digit of number) {
      field.value += digit;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      place.tellNow();
    }
};

const slotted: Edit = (place) => {
  const host = document.createElement("div");
  const shadow = place.shadow(host, place.chance.once(2) ? "open" : "closed");
  const part = document.createElement("div");
  place.cover(part);
  part.append(document.createElement("slot"));
  shadow.append(part);
  host.append(
    place.chance.once(2) ? place.secret() : Object.assign(document.createElement("b"), { title: place.secret() }),
  );
  // Whoever else moves what is in it would take it out of its hiding place.
  place.fixed.add(host);
  place.fixed.add(part);
  place.chance.pick(place.containers()).append(host);
  host.append(place.secret());
};

const inShadow: Edit = (place) => {
  const host = document.createElement("div");
  place.chance.pick(place.containers()).append(host);
  const shadow = place.shadow(host, place.chance.once(2) ? "open" : "closed");
  grow(place, shadow as unknown as Element, 1);
};

const inFrame: Edit = (place) => {
  const frame = document.createElement("iframe");
  place.chance.pick(place.containers()).append(frame);
  const inner = frame.contentDocument;
  if (!inner) return;
  const part = inner.createElement("p");
  part.className = "no-upscope";
  part.append(place.secret());
  inner.body.append(part, "open");
  part.title = place.secret();
};

const maskedSheet: Edit = (place) => {
  const style = document.createElement("style");
  style.className = "no-upscope";
  style.textContent = `#x::before { content: '${place.secret()}' } #y { background: url(/${place.secret()}) }`;
  place.chance.pick(place.containers()).append(style);
  style.sheet?.insertRule(`#z::after { content: '${place.secret()}' }`);
};

const address: Edit = (place) => {
  const secret = place.secret();
  history.replaceState(null, "", `?lang=en&token=${secret}#access=${secret}`);
  document.title = `Order ${secret}`;
};

const link: Edit = (place) => {
  const element = document.createElement("a");
  element.href = `/pay?x=1&token=${place.secret()}`;
  place.chance.pick(place.containers()).append(element);
};

const selected: Edit = (place) => {
  const element = place.some(place.covered());
  if (!element) return;
  element.append(place.secret());
  getSelection()?.selectAllChildren(element);
};

const scrub: Edit = (place) => {
  const element = place.some(place.containers().filter((one) => one !== place.root));
  element?.replaceChildren();
};

export const EDITS: readonly Edit[] = [
  ...[
    growSomewhere,
    putSomewhere,
    putSomewhere,
    changeText,
    changeText,
    move,
    move,
    wrap,
    coverLate,
    uncover,
    outAndIn,
  ],
  ...[
    innerHtml,
    passwordShown,
    knownFields,
    hiddenField,
    cardPasted,
    cardTyped,
    slotted,
    inShadow,
    inFrame,
    maskedSheet,
  ],
  ...[address, link, selected, scrub],
];
