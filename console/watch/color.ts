/** Return the ink, black or white, that reads best on a `#rgb` or `#rrggbb` colour (WCAG 2.2 relative luminance). */
export function inkOn(color: string): "#000" | "#fff" {
  const long = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color);
  const hex = long
    ? `#${long
        .slice(1)
        .map((digit) => digit + digit)
        .join("")}`
    : color;
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex);
  if (!parts) return "#000";
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map((part) => {
    const share = Number.parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? "#fff" : "#000";
}

/** Return one or two letters for an agent's mark. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  const letters = picked.map((word) => [...(word ?? "")][0] ?? "").join("");
  return letters.toUpperCase() || "?";
}
