import { describe, expect, it } from "vitest";
import { travel, wordAround } from "./travel.ts";

const LINES = "one\ntwo three\n\nfour";

describe("where a caret goes in plain text", () => {
  it.each([
    ["a😀b", 1, "character", true, 3],
    ["a😀b", 3, "character", false, 1],
    ["ab", 2, "character", true, 2],
    ["ab", 0, "character", false, 0],
    ["hello brave", 0, "word", true, 5],
    ["hello brave", 5, "word", true, 11],
    ["hello brave", 11, "word", false, 6],
    ["hello  ", 7, "word", false, 0],
    [LINES, 6, "lineboundary", false, 4],
    [LINES, 6, "lineboundary", true, 13],
    [LINES, 0, "lineboundary", false, 0],
    [LINES, 2, "line", true, 6],
    [LINES, 12, "line", true, 14],
    [LINES, 14, "line", true, 15],
    [LINES, 17, "line", true, 19],
    [LINES, 12, "line", false, 3],
    [LINES, 2, "line", false, 0],
    [LINES, 6, "documentboundary", true, 19],
    [LINES, 6, "documentboundary", false, 0],
  ] as const)("A2 in %j from %i by %s, forward %s, to %i", (text, from, unit, isForward, to) => {
    expect(travel(text, from, unit, isForward)).toBe(to);
  });

  it.each([
    ["hello brave", 2, [0, 5]],
    ["hello brave", 7, [6, 11]],
    ["a  b", 1, [1, 3]],
    ["naïve zoë", 7, [6, 9]],
    ["one\ntwo", 1, [0, 3]],
  ])("A2 the word in %j at %i", (text, at, range) => {
    expect(wordAround(text, at)).toEqual(range);
  });
});
