"""Each example plays the REST Integration Flow against a real server, with a visitor's and an agent's browser."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e import flow
from e2e.conftest import node_packages
from e2e.flow import ROOT, Server, free_port, started, until_answered

pytestmark = pytest.mark.journey
EXAMPLES = {
    "flask": ["-m", "flask", "--app", "app", "run", "--port"],
    "fastapi": ["-m", "uvicorn", "app:app", "--host", "localhost", "--port"],
    "django": ["app.py", "runserver", "--noreload"],
    "express": ["app.mjs"],
}


class Example:
    """A running example; `ask` is a browser that follows no redirect."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str) -> tuple[int, str, str]:
        """Status, `Location` and text."""
        try:
            with urllib.request.build_opener(_Staying).open(self.url + path, timeout=30) as answer:
                return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code, problem.headers.get("Location", ""), problem.read().decode()


class _Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="session")
def express() -> None:
    """The packages of the Express example, installed."""
    node_packages(ROOT / "examples/express")


@contextmanager
def running(name: str, server: Server, library: str, folder: Path) -> Iterator[Example]:
    """Run an example as its first lines say."""
    port = free_port()
    told = {
        "TWINPANE_URL": server.url.replace("127.0.0.1", "localhost"),
        "TWINPANE_FOREIGN_URL": library,
        "PORT": str(port),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    command = ["node" if name == "express" else sys.executable, *EXAMPLES[name]]
    command += [] if name == "express" else [str(port)]
    with started(command, server.environment() | told, folder / "log", cwd=ROOT / "examples" / name) as process:
        until_answered(f"http://localhost:{port}/visitor", process)
        yield Example(f"http://localhost:{port}")


@pytest.fixture(scope="module", params=EXAMPLES)
def example(
    request: pytest.FixtureRequest, proxying: Server, library: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Example]:
    if request.param == "express":
        request.getfixturevalue("express")
    with running(request.param, proxying, library, tmp_path_factory.mktemp(request.param)) as example:
        yield example


def test_r15_visitor_is_found_by_our_own_id_and_the_agent_sees_the_page(
    proxying: Server, example: Example, chromium: Browser
) -> None:
    """Unique ID → short ID → watch URL → redirect, all in one request; the URL opens once."""
    visitor = flow.visitor_context(chromium).new_page()
    visitor.goto(f"{example.url}/visitor?id=</script> {example.url}")
    flow.short_id(visitor)
    status, where, _ = example.ask(f"/agent?id=%3C/script%3E%20{example.url}")
    assert status == 302
    assert where.startswith(f"{proxying.url.replace('127.0.0.1', 'localhost')}/watch/")
    agent = flow.watch(chromium, where)
    flow.press_card(visitor, "Allow")
    visitor.fill("#search", "kettle")
    flow.until_same(visitor, agent)
    with pytest.raises(urllib.error.HTTPError) as again:
        urllib.request.urlopen(where)
    again.value.close()
    assert again.value.code == 410


def test_r18_visitor_is_led_to_a_foreign_site_where_the_agent_finds_them(
    example: Example, chromium: Browser, library: str
) -> None:
    visitor = flow.visitor_context(chromium).new_page()
    visitor.goto(f"{example.url}/visitor-proxied?id=reader {example.url}")
    visitor.locator("#books li").nth(5).wait_for()
    flow.short_id(visitor)
    agent = flow.watch(chromium, f"{example.url}/agent?id=reader%20{example.url}")
    flow.press_card(visitor, "Allow")
    agent.wait_for_function(
        "() => document.querySelector('iframe')?.contentDocument?.querySelectorAll('#books li').length === 6"
    )
    shown = agent.get_by_role("textbox", name="Address of")
    flow.until(lambda: shown.input_value().startswith(library.removeprefix("http://")), what="its address", page=agent)


def test_nobody_there_is_told_in_words(example: Example) -> None:
    status, _, words = example.ask("/agent?id=nobody-at-all")
    assert status == 404
    assert "Nobody to help yet" in words


@pytest.mark.parametrize("name", EXAMPLES)
def test_refusal_is_told_in_words_and_the_key_is_not(
    name: str, proxying: Server, library: str, tmp_path: Path, express: None
) -> None:
    revoked = Server(data=proxying.data, log=proxying.log, rest_key="revoked-key-0123456789", url=proxying.url)
    with running(name, revoked, library, tmp_path) as example:
        for path in ("/agent", "/visitor-proxied"):
            status, _, words = example.ask(path)
            assert status == 502
            assert "Help could not start. The API key is wrong or missing." in words
            assert "revoked-key" not in words
