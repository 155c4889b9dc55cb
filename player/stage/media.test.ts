import { describe, expect, it } from "vitest";
import { rewriteCss } from "./css.ts";
import { MediaAnswers } from "./media.ts";

function device(values: Record<string, string>): MediaAnswers {
  const media = new MediaAnswers();
  for (const [feature, value] of Object.entries(values)) media.set(feature, value);
  return media;
}

/** Read what was written: true, false, or the text where nothing was answered. */
function read(text: string): unknown {
  const found = /^\((min|max)-width:-\d+px\)$/.exec(text);
  return found ? found[1] === "min" : text;
}

const PHONE = {
  "prefers-color-scheme": "dark",
  "prefers-reduced-motion": "no-preference",
  pointer: "coarse",
  "any-pointer": "coarse fine",
  hover: "none",
  scripting: "enabled",
  resolution: "2",
  "device-width": "390",
};

describe("media features", () => {
  it.each([
    ["(prefers-color-scheme: dark)", true],
    ["(prefers-color-scheme:light)", false],
    ["( PREFERS-COLOR-SCHEME : DARK )", true],
    ["(prefers-reduced-motion)", false],
    ["(prefers-reduced-motion: no-preference)", true],
    ["(hover)", false],
    ["(hover: hover)", false],
    ["(pointer: coarse)", true],
    ["(any-pointer: fine)", true],
    ["(scripting: none)", false],
    ["(min-resolution: 1.5dppx)", true],
    ["(min-resolution: 200dpi)", false],
    ["(max-resolution: 2x)", true],
    ["(-webkit-min-device-pixel-ratio: 2)", true],
    ["(-webkit-max-device-pixel-ratio: 1.5)", false],
    ["(resolution >= 2dppx)", true],
    ["(1dppx < resolution < 2dppx)", false],
    ["(max-device-width: 480px)", true],
    ["(device-width > 30em)", false],
  ])("F21 answers %s as the visitor's device does", (asked, answer) => {
    expect(read(device(PHONE).rewrite(asked))).toBe(answer);
  });

  it.each([
    "(min-width: 600px)",
    "(400px <= width <= 700px)",
    "(orientation: portrait)",
    "(prefers-contrast: more)",
    "(width: calc(1px))",
  ])("F21 leaves %s to the stage, which has the page's size", (asked) =>
    expect(device(PHONE).rewrite(asked)).toBe(asked),
  );

  it("F21 answers again when the device changes", () => {
    const media = device(PHONE);
    const css = media.rewrite("@media screen and (prefers-color-scheme: dark), (hover) { a { color: red } }");
    expect(css).toBe("@media screen and (min-width:-7001px), (max-width:-7002px) { a { color: red } }");
    media.set("prefers-color-scheme", "light");
    media.set("hover", "hover");
    expect(media.again("screen and (min-width: -7001px), (max-width: -7002px)")).toBe(
      "screen and (max-width:-7001px), (min-width:-7002px)",
    );
  });

  it("F21 touches neither texts nor selectors nor what it was not asked", () => {
    const media = device(PHONE);
    const css = `a:not(hover)::after { content: "(hover)" } /* (hover) */ @media(hover) { b:is(update) { top: 0 } }`;
    expect(media.rewrite(css)).toBe(css.replace("@media(hover)", "@media(max-width:-7001px)"));
    expect(media.again("(min-width: -3px)")).toBe("(min-width: -3px)");
  });

  it("F21 comes with every rewriting of CSS", () => {
    const address = { door: "/assets/", base: "https://a.example/", media: device(PHONE) };
    expect(rewriteCss("@media (hover: hover) { a:hover { top: 0 } }", address)).toBe(
      "@media (max-width:-7001px) { a[data-twinpane-hover] { top: 0 } }",
    );
  });
});
