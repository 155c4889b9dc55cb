"""The SDK as pages load it, against a door in the test's hands."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.flow import ROOT, visitor_context
from e2e.sdk.door import KEY, Door, opened

SNIPPET = f"""<script>
  (function (w, u, d) {{
    var i = function () {{ i.c(arguments); }};
    i.q = [];
    i.c = function (args) {{ i.q.push(args); }};
    if (typeof u !== "function") {{
      w.Upscope = i;
      var s = d.createElement("script");
      s.async = true;
      s.src = "/{KEY}.js";
      d.head.appendChild(s);
    }}
  }})(window, window.Upscope, document);
</script>"""
ONE, TWO = "<h1>One</h1><script>Upscope('init')</script>", "<h1>Two</h1><script>Upscope('init')</script>"


def page(body: str, *, title: str = "A page") -> tuple[str, bytes]:
    """An HTML page with the snippet, then what the test adds."""
    head = f"<meta charset=utf-8><title>{title}</title>{SNIPPET}"
    return "text/html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def bundle(entry: str, kind: str, folder: Path) -> bytes:
    target = folder / "out.js"
    command = ["npx", "esbuild", entry, "--bundle", f"--format={kind}", "--target=es2022", f"--outfile={target}"]
    subprocess.run([*command, "--log-level=warning"], cwd=ROOT, check=True)
    return target.read_bytes()


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("sdk")
    loader, core = bundle("sdk/loader.ts", "iife", folder), bundle("sdk/core.ts", "esm", folder)
    script = "text/javascript"
    return {f"/{KEY}.js": (script, loader), "/WrongKey01.js": (script, loader), "/core.js": (script, core)}


@pytest.fixture
def door(bundles: dict[str, tuple[str, bytes]]) -> Iterator[Door]:
    files = {
        "/": page("<h1>One</h1><script>Upscope('init');</script>"),
        "/two": page("<script>Upscope('init')</script>"),
    }
    with opened({**bundles, **files}) as door:
        yield door


@pytest.fixture
def visit(chromium: Browser, door: Door) -> Iterator[Callable[..., Page]]:
    """Open a page of the door; the test fails if anything is thrown into the page."""
    context = visitor_context(chromium)
    thrown: list[str] = []
    context.on("weberror", lambda error: thrown.append(str(error.error)))

    def visit(path: str = "/", html: str | None = None) -> Page:
        if html is not None:
            door.files[path] = page(html)
        tab = context.new_page()
        tab.goto(door.url + path)
        return tab

    yield visit
    context.close()
    assert thrown == []
