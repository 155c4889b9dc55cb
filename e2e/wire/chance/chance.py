"""Random pages, secrets, masks and edits: whatever happens, no part of a secret leaves (M1, M2, M3).

A case follows from its seed. Pages, masks and edits are made in the browser (`place.ts`, `edits.ts`); each edit keeps
the law that a secret stands in what is covered from its first moment to its last, so whatever is heard of it is a leak.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ORIGIN = "http://chance.test"
HTML = "<!doctype html><title>t</title><body></body>"


Change = tuple[str, str, str]
"""A file of the project, a text in it, and what stands there instead."""


def bundle(source: Path, changes: Sequence[Change] = ()) -> str:
    """Bundle a script, with changes that nothing on disk gets."""
    program = """
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { build } from "esbuild";
const [entry, changes] = [process.argv[1], JSON.parse(process.argv[2])];
const changed = new Set();
const patch = {
  name: "patch",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\\.ts$/ }, async ({ path }) => {
      const own = changes.filter(([file]) => file === relative(process.cwd(), path));
      if (own.length === 0) return null;
      let contents = await readFile(path, "utf8");
      for (const [, before, after] of own) {
        if (!contents.includes(before)) throw new Error(`${path} does not have ${before}`);
        contents = contents.replace(before, () => after);
        changed.add(before);
      }
      return { contents, loader: "ts" };
    }),
};
const { outputFiles } = await build({
  entryPoints: [entry], bundle: true, format: "iife", target: "es2022", write: false, logLevel: "error",
  plugins: [patch],
});
if (changed.size !== changes.length) throw new Error("a changed file is no part of the bundle");
process.stdout.write(outputFiles[0].text);
"""
    command = ["node", "--input-type=module", "-e", program, str(source), json.dumps(changes)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


@contextmanager
def opened(browser: Browser, script: str) -> Iterator[Page]:
    """A page with the harness in it, at an origin where nothing else is."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()

    def answer(route: Route) -> None:
        is_page = route.request.url.startswith(f"{ORIGIN}/?") or route.request.url == f"{ORIGIN}/"
        route.fulfill(status=200 if is_page else 404, content_type="text/html", body=HTML if is_page else "")

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/")
    page.add_script_tag(content=script)
    yield page
    context.close()


def run(page: Page, first_seed: int, cases: int) -> dict[str, Any]:
    """Play so many cases; gives what came of them."""
    outcome: dict[str, Any] = page.evaluate("([first, count]) => run(first, count)", [first_seed, cases])
    return outcome
