/** What an accessibility checker would say first of the watch page. Each function returns what it found, in words. */

const says = (element) => element.outerHTML.slice(0, 120);
const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

function nameOf(element) {
  const others = (element.getAttribute("aria-labelledby") ?? "").split(" ");
  const named = others.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  return element.getAttribute("aria-label") || named.trim() || element.textContent.trim() || element.title;
}

/** Controls without a name, images neither named nor decoration, small targets, ids used twice, what runs out of the window. */
function problems() {
  const found = [];
  const named = "button, a[href], [role=toolbar], [role=application], [role=region], dialog[open]";
  for (const element of document.querySelectorAll(named)) {
    if (isShown(element) && !nameOf(element)) found.push(`no name: ${says(element)}`);
  }
  for (const element of document.querySelectorAll("svg, img")) {
    const isDecoration = element.closest("[aria-hidden=true]") || element.hasAttribute("alt");
    if (!isDecoration) found.push(`no alternative: ${says(element)}`);
  }
  for (const element of document.querySelectorAll(".tools button, .card button, .card a")) {
    const { width, height } = element.getBoundingClientRect();
    if (isShown(element) && (width < 44 || height < 44)) found.push(`small target: ${says(element)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) found.push("an id is used twice");
  const inside = ".bar, .bar > *, .tools, .tools button, .card, .card h1, .card p, .toast, .note, .keys-bar";
  for (const element of document.querySelectorAll(inside)) {
    const { left, right } = element.getBoundingClientRect();
    if (isShown(element) && (left < -1 || right > innerWidth + 1)) found.push(`out of the window: ${says(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the window scrolls sideways");
  return found;
}

/** Texts whose contrast with the first opaque background behind them is under 4.5 (WCAG 2.2, 1.4.3). */
function faint() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  // A canvas turns any notation of a colour into bytes.
  const bytes = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const linear = (byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = bytes(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("#app *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest("[aria-disabled=true], .unseen, .sheet, .avatar.away")) continue;
    const pair = [luminance(bytes(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${says(element)}`);
  }
  return found;
}
