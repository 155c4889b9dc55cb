/** Black or white, whichever reads better on a colour `#rgb` or `#rrggbb` (WCAG 2.2 relative luminance). */
export function inkOn(color: string): "#000" | "#fff" {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  if (!digits) return "#fff";
  const hex = digits.length === 3 ? [...digits].map((d) => d + d).join("") : digits;
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4);
  // Equal contrast with both: (L + 0.05)² = 1.05 × 0.05.
  return luminance > 0.179 ? "#000" : "#fff";
}
