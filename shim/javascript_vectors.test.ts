import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rewriteScript } from "./javascript.ts";

interface Vectors {
  rules: Record<string, [code: string, rewritten: string][]>;
}

const { rules } = JSON.parse(readFileSync("protocol/vectors/proxy_scripts.json", "utf8")) as Vectors;
const encode = (url: string): string => url.replace(/^https:\/\//, "http://p/");

it.each(Object.entries(rules))("Y6 what a page makes is rewritten as what comes with it: %s", (_, pairs) => {
  for (const [code, rewritten] of pairs) expect(rewriteScript(code, encode), code).toBe(rewritten);
});
