"""Pages for the mirror's tests: the visitor's page A with capture."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
ORIGIN = "http://page.test"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Bundle a module of this folder for a page; gives the script's text."""
    done: dict[str, str] = {}
    folder = tmp_path_factory.mktemp("bundle")

    def build(name: str) -> str:
        if name not in done:
            out = folder / name.replace(".ts", ".js")
            source = Path(__file__).parent / name
            command = [
                "npx",
                "esbuild",
                str(source),
                "--bundle",
                "--format=iife",
                f"--outfile={out}",
                "--log-level=error",
            ]
            subprocess.run(command, cwd=ROOT, check=True)
            done[name] = out.read_text()
        return done[name]

    return build


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, bundle: Callable[[str], str]) -> Callable[..., Page]:
    """Open a page with the given HTML at an origin of its own, the harness ready in it."""

    def open_page(html: str, *scripts: str, files: dict[str, tuple[str, str]] | None = None) -> Page:
        page = context.new_page()
        served = {"/": ("text/html", html), **(files or {})}

        def answer(route: object, request: object) -> None:
            path = request.url.removeprefix(ORIGIN).split("?")[0]  # type: ignore[attr-defined]
            kind, body = served.get(path, ("text/plain", ""))
            status = 200 if path in served else 404
            route.fulfill(status=status, content_type=kind, body=body)  # type: ignore[attr-defined]

        page.route("**/*", answer)
        page.goto(ORIGIN + "/")
        for name in ("harness.ts", *scripts):
            page.evaluate(bundle(name))
        return page

    return open_page
