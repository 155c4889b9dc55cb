"""A shadow root that the page's HTML names late, after its host's children were told: no call makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from e2e.flow import until

pytestmark = pytest.mark.journey

HEAD = "<!doctype html><title>t</title>"
HOST = "<div id=host>FIRST<b id=b>second</b>"
ROOT = "<template shadowrootmode=open><p class=no-upscope>m<slot></slot></p><i>INSIDE</i></template>"
CHANGE = "host.firstChild.data = 'SECRET'; b.textContent = 'SECRET2'"
FIND = "const host = at.getElementById('host'), b = at.getElementById('b');"


class Stream:
    """A page that comes in pieces, and a page that shows it in a frame."""

    def __init__(self) -> None:
        self.pieces: SimpleQueue[str | None] = SimpleQueue()
        stream = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                if self.path == "/around":
                    self.wfile.write(f"{HEAD}<iframe src=/></iframe>".encode())
                elif self.path == "/":
                    while (piece := stream.pieces.get()) is not None:
                        self.wfile.write(piece.encode())

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def stream() -> Iterator[Stream]:
    stream = Stream()
    Thread(target=stream.server.serve_forever, daemon=True).start()
    yield stream
    stream.pieces.put(None)
    stream.server.shutdown()
    stream.server.server_close()


Begin = Callable[..., Page]


@pytest.fixture
def begin(browser: Browser, stream: Stream, bundle: Callable[[str], str]) -> Iterator[Begin]:
    """Open a page that has only begun to come, and tell what there is of it."""
    context = browser.new_context()

    def begin(beginning: str, at: str, path: str = "/") -> Page:
        page = context.new_page()
        stream.pieces.put(HEAD + beginning)
        page.goto(stream.url + path, wait_until="commit")
        page.wait_for_function(f"() => {{ try {{ return {at}.getElementById('b')?.firstChild }} catch {{}} }}")
        page.evaluate(bundle("harness.ts"))
        page.evaluate("mirror.start()")
        told = left(page)
        assert "FIRST" in told
        assert "second" in told
        return page

    yield begin
    context.close()


def left(page: Page) -> str:
    page.evaluate("mirror.settle()")
    told: str = page.evaluate("mirror.bytes()")
    assert page.evaluate("mirror.broken") == []
    return told


# What comes first, where the host is then, and the address of the page.
PLACES = {
    "in the page": (HOST, "document", "/"),
    "in a shadow tree": (
        f"<section><template shadowrootmode=open>{HOST}",
        "document.querySelector('section').shadowRoot",
        "/",
    ),
    "in a frame": (HOST, "frames[0].document", "/around"),
}
in_all_places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())


@in_all_places
def test_m3_what_changes_when_a_masked_slot_was_parsed_is_not_told(
    begin: Begin, stream: Stream, place: tuple[str, str, str]
) -> None:
    """The script changes what the slot shows before anybody could look."""
    first, at, path = place
    page = begin(first, at, path)
    script = at if path == "/" else "document"
    stream.pieces.put(f"{ROOT}<script>{{ const at = {script}; {FIND} {CHANGE}; at.parsed = true; }}</script>")
    page.wait_for_function(f"() => {at}.parsed")
    assert "SECRET" not in left(page)
    slotted = f"{{ const at = {at}; {FIND} return [host.firstChild, b].map(n => mirror.capture.nodes.isMasked(n)) }}"
    assert page.evaluate(f"() => {slotted}") == [True, True]
    page.evaluate(f"() => {{ const at = {at}; {FIND} b.textContent = 'SECRET3'; }}")
    told = left(page)
    assert "SECRET" not in told
    assert "INSIDE" in told


@in_all_places
def test_f24_a_root_that_was_parsed_late_is_told_though_nothing_else_happens(
    begin: Begin, stream: Stream, place: tuple[str, str, str]
) -> None:
    page = begin(*place)
    stream.pieces.put(ROOT)
    until(lambda: "INSIDE" in page.evaluate("mirror.bytes()"), what="what is in the root", page=page)


def test_m3_a_root_is_found_when_the_page_ends_with_it(begin: Begin, stream: Stream) -> None:
    page = begin(*PLACES["in the page"])
    stream.pieces.put(ROOT)
    stream.pieces.put(None)
    page.wait_for_load_state("load")
    page.evaluate(f"() => {{ {CHANGE} }}")
    told = left(page)
    assert "SECRET" not in told
    assert "INSIDE" in told
    page.evaluate("host.shadowRoot.querySelector('p').className = ''; b.textContent = 'LAST'")
    assert "LAST" in left(page)
    assert page.evaluate("mirror.difference()") == ""
