/** What most devices answer to media features. Both sides begin with it, so that only what differs is told (SPEC F5). */
export const USUAL_ANSWERS: Readonly<Record<string, string>> = {
  "prefers-color-scheme": "light",
  "prefers-reduced-motion": "no-preference",
  "prefers-reduced-transparency": "no-preference",
  "prefers-contrast": "no-preference",
  "forced-colors": "none",
  "inverted-colors": "none",
  hover: "hover",
  "any-hover": "hover",
  pointer: "fine",
  "any-pointer": "fine",
  "color-gamut": "srgb",
  "dynamic-range": "standard",
  update: "fast",
  scripting: "enabled",
  "display-mode": "browser",
  resolution: "1",
};
