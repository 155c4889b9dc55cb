"""A built application whose chunks lie on another origin, by a real bundler; and bodies that its scripts fetch."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path
from typing import Any

import pytest

from e2e.flow import ROOT
from e2e.proxy.conformance.case import TOOLS
from e2e.proxy.conformance.story import compare, put
from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair

SOURCES = {
    "main.ts": """
      import { told } from "./shared";
      import "./main.css";
      const names: Record<string, () => Promise<{ default: () => unknown }>> = {
        one: () => import("./one"), two: () => import("./two"),
      };
      const app = document.querySelector("#app")!;
      async function route() {
        const name = location.pathname.split("/").pop() || "one";
        const { default: show } = await names[name === "build" ? "one" : name]!();
        app.textContent = JSON.stringify([name, await show(), told()]);
        document.title = "shown " + name;
      }
      addEventListener("popstate", route);
      document.querySelector("#next")!.addEventListener("click", () => {
        history.pushState({}, "", BASE + "two");
        route();
      });
      route();
    """,
    "shared.ts": """
      let count = 0;
      export const told = () => [++count, location.href, document.URL, typeof top];
    """,
    "one.ts": """
      import { told } from "./shared";
      import image from "./dot.png";
      const load = (src: string) => new Promise((done) => {
        const i = new Image();
        i.onload = () => done([i.src, i.naturalWidth]);
        i.onerror = () => done("error");
        i.src = src;
      });
      export default async () => ["one", told(), await load(image), image];
    """,
    "two.ts": """
      import text from "./words.txt";
      export default async () => ["two", text, await (await import("./deep")).deep];
    """,
    "deep.ts": "export const deep = Promise.resolve(location.host + ' deep');",
    "words.txt": "words with location and top",
    "main.css": "@import './more.css'; #app { background: url(./dot.png); color: rgb(1, 2, 3) }",
    "more.css": "#next { color: rgb(4, 5, 6); background: url('./dot.png') }",
}
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


def built(folder: Path, base: str, where: str, kind: str) -> dict[str, bytes]:
    """What the bundler makes of the sources: an entry, chunks, a style sheet, an image."""
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    for name, text in SOURCES.items():
        (folder / name).write_text(text.replace("BASE", repr(base)))
    (folder / "dot.png").write_bytes(base64.b64decode(DOT))
    command = ["npx", "esbuild", "main.ts", "--bundle", "--outdir=out", "--minify", f"--format={kind}"]
    command += [f"--public-path={where}", "--loader:.png=file", "--loader:.txt=text", "--log-level=warning"]
    command += ["--splitting", "--chunk-names=chunks/[name]-[hash]"] if kind == "esm" else []
    subprocess.run(command, cwd=folder, check=True)
    return {str(path.relative_to(folder / "out")): path.read_bytes() for path in (folder / "out").rglob("*.*")}


BUILDS = {
    "modules with lazy chunks on another origin": ("esm", "{{CDN}}/file/app/", "type=module crossorigin"),
    "modules with lazy chunks below a base path": ("esm", "/file/app/", "type=module"),
    "one classic script on another origin": ("iife", "{{CDN}}/file/app/", "defer"),
}


@pytest.mark.parametrize("kind", BUILDS)
def test_p3_a_built_application_runs(pair: Pair, results: Results, kind: str, tmp_path: Path) -> None:
    format_, where, attributes = BUILDS[kind]
    where = pair.sites.filled(where)
    for name, body in built(tmp_path, "/page/", where, format_).items():
        pair.sites.files[f"/app/{name}"] = (body, TYPES[Path(name).suffix])
    page = (
        f"<link rel=stylesheet href='{where}main.css'><div id=app></div><button id=next>next</button>"
        f"<script {attributes} src='{where}main.js'></script>"
    )
    for name in ("one", "two"):
        put(pair, name, page)

    def story(visit: Any) -> Any:
        shown = visit.open("/page/one")
        look = """() => ['#app', '#next'].map((s) => getComputedStyle(document.querySelector(s))).map((s) =>
          [s.color, s.backgroundImage])"""
        shown.wait_for_function("() => document.title === 'shown one'")
        first = [shown.inner_text("#app"), shown.evaluate(look)]
        shown.get_by_text("next").click()
        shown.wait_for_function("() => document.title === 'shown two'")
        second = shown.inner_text("#app")
        shown.reload()
        shown.wait_for_function("() => document.title === 'shown two'")
        return [first, second, shown.inner_text("#app"), shown.evaluate("() => document.URL")]

    compare(pair, results, 62, f"a build: {kind}", story)


BODIES = {
    "html": (b"<html><head></head><body><a href={{CDN}}>x</a><script>location.href</script>", "text/html"),
    "sjis": ("日本語 location".encode("shift_jis"), "text/html; charset=shift_jis"),
    "js": (b"top.location = eval('{{CDN}}'); import('{{CDN}}')", "text/javascript"),
    "css": (b"a { background: url({{CDN}}/a.png) }", "text/css"),
    "xml": (b"<?xml version='1.0'?><r href='{{CDN}}/x'><location/></r>", "application/xml"),
    "wasm": (bytes(range(256)), "application/wasm"),
    "json": (b'{"u": "{{CDN}}/x", "location": 1}', "application/json"),
}
FETCHED = """
  const sum = async (b) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', b))].join();
  const found = [];
  for (const name of NAMES) for (const way of ['', '?way=gzip']) {
    const r = await fetch(`/file/body-${name}${way}`), x = new XMLHttpRequest();
    found.push([name, way, r.headers.get('content-type'), await sum(await r.arrayBuffer())]);
    x.open('GET', `/file/body-${name}${way}`);
    await new Promise((done) => { x.onload = done; x.send() });
    found.push([x.responseText, x.responseXML?.documentElement.outerHTML ?? null]);
  }
  const x = new XMLHttpRequest(); x.open('GET', '/file/body-html'); x.responseType = 'document';
  await new Promise((done) => { x.onload = done; x.send() });
  return [found, x.response.documentElement.outerHTML, x.response.links[0].href]"""


def test_y6_what_scripts_fetch_arrives_as_it_was_sent(pair: Pair, results: Results) -> None:
    for name, (body, kind) in BODIES.items():
        pair.sites.files[f"/body-{name}"] = (pair.sites.filled(body.decode("latin-1")).encode("latin-1"), kind)
    code = FETCHED.replace("NAMES", repr(list(BODIES)))
    path = put(pair, "fetching", f"<script>{TOOLS} window.seen = (async () => {{ {code} }})()</script>")
    see = "async () => JSON.parse(JSON.stringify(await window.seen))"
    compare(pair, results, 64, "bodies of all types, plain and packed", lambda visit: visit.open(path).evaluate(see))
