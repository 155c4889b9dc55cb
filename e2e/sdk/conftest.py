"""The SDK as pages load it, against a door in the test's hands."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e.flow import ROOT, Server, visitor_context
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
LANGUAGES = [path.stem for path in (ROOT / "sdk/consent/languages").iterdir()]
ONE, TWO = "<h1>One</h1><script>Upscope('init')</script>", "<h1>Two</h1><script>Upscope('init')</script>"


def page(body: str, *, title: str = "A page") -> tuple[str, bytes]:
    """An HTML page with the snippet, then what the test adds."""
    head = f"<meta charset=utf-8><title>{title}</title>{SNIPPET}"
    return "text/html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def bundle(entry: str, kind: str, folder: Path) -> bytes:
    target = folder / "out.js"
    command = ["npx", "esbuild", entry, "--bundle", f"--format={kind}", f"--outfile={target}"]
    names = ("KINDS", "HANDS", "GUIDE", "LOG")
    command += ["--target=es2022", *(f'--define:{name}_FILE="{name.lower()}.js"' for name in names)]
    words = {tag: f"words-{tag}.js" for tag in LANGUAGES}
    command.append(f"--define:WORDS_FILES={json.dumps(words)}")
    subprocess.run([*command, "--log-level=warning"], cwd=ROOT, check=True)
    return target.read_bytes()


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("sdk")
    loader = bundle("sdk/loader.ts", "iife", folder)
    parts = {"core": "core.ts", "kinds": "kinds.ts", "hands": "control/hands.ts", "guide": "guide/guide.ts"}
    parts |= {"surface": "surface/surface.ts"} | {f"words-{tag}": f"consent/languages/{tag}.ts" for tag in LANGUAGES}
    made = {f"/{name}.js": bundle(f"sdk/{entry}", "esm", folder) for name, entry in parts.items()}
    # The surface has a plain name too, and what is beside it.
    made |= {f"/sdk{path}": body for path, body in made.items() if path.startswith(("/surface", "/words"))}
    made |= {f"/{KEY}.js": loader, "/WrongKey01.js": loader}
    return {path: ("text/javascript", body) for path, body in made.items()}


@pytest.fixture
def door(bundles: dict[str, tuple[str, bytes]]) -> Iterator[Door]:
    files = {
        "/": page("<h1>One</h1><script>Upscope('init');</script>"),
        "/two": page("<script>Upscope('init')</script>"),
    }
    with opened({**bundles, **files}) as door:
        yield door


@contextmanager
def opened_site(files: dict[str, tuple[str, bytes]], *, policy: str = "") -> Iterator[Door]:
    """Serve somebody's site."""
    with opened(files) as site:
        site.policy = policy
        yield site


@pytest.fixture
def served(chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open pages, by path, whose snippet loads the SDK from the real server; the first one given."""
    context = visitor_context(chromium)
    with opened({}) as shop:

        def served(html: str, **others: str) -> Page:
            for path, body in {"": html, **others}.items():
                kind, made = page(body)
                script = f"{server.url}/{server.public_key}.js".encode()
                shop.files[f"/{path}"] = (kind, made.replace(f"/{KEY}.js".encode(), script))
            tab = context.new_page()
            tab.goto(shop.url)
            return tab

        yield served
        context.close()


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
