import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Addresses } from "./address.ts";

interface Vectors {
  base: { scheme: string; host: string; port: number };
  sid: string;
  within: string;
  sites: { origin: string; proxied: string }[];
  urls: { url: string; proxied: string }[];
  back: { proxied: string; url: string | null }[];
}

const vectors = JSON.parse(readFileSync("protocol/vectors/proxy_addresses.json", "utf8")) as Vectors;
const labels = new Map(
  vectors.sites.map(({ origin, proxied }) => [origin, proxied.slice(proxied.indexOf("/") + 2, proxied.indexOf("."))]),
);
const addresses = new Addresses(vectors.sid, vectors.base, "http://localhost:8080", {
  labelOf: (origin) => labels.get(origin) ?? null,
  originOf: (label) => [...labels].find(([, kept]) => kept === label)?.[0] ?? null,
});

it("Y1 every site has an origin of its own, and back", () => {
  for (const { origin, proxied } of vectors.sites) {
    expect(addresses.encode(`${origin}/p`, vectors.within), origin).toBe(`${proxied}/p`);
    expect(addresses.decode(`${proxied}/p`), proxied).toBe(`${origin}/p`);
  }
});

it("Y1 path, query and fragment stay as they are", () => {
  for (const { url, proxied } of vectors.urls) expect(addresses.encode(url, vectors.within), url).toBe(proxied);
});

it("Y1 what is not on the proxy is not decoded", () => {
  for (const { proxied, url } of vectors.back) {
    // Browsers give lower-case hosts.
    const given = URL.canParse(proxied) ? new URL(proxied).href : proxied;
    expect(addresses.decode(given), proxied).toBe(url ?? given);
  }
});

it("Y1 the SDK's server is reached past the proxy", () => {
  expect(addresses.encode("ws://localhost:8080/ws", vectors.within)).toBe("ws://localhost:8080/ws");
});

it("Y1 decodes every address in a text", () => {
  const [one, two] = vectors.sites.map(({ proxied }) => proxied);
  expect(addresses.decode(`url("${one}/a") ${two}/b 1x, http://px.localhost:8080/`)).toBe(
    'url("https://www.example.com/a") http://www.example.com/b 1x, http://px.localhost:8080/',
  );
});
