"""A page of an integrator that shows the watch page in a frame and speaks with it by messages (A4)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Frame, Page

from e2e import flow

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Desk</title><style>
body {{ margin: 0; }} #viewer {{ display: block; border: 0; width: 100%; height: 100vh; }}
</style></head><body><iframe id="viewer" title="Visitor's page" src="{url}"></iframe><script>
window.told = [];
addEventListener("message", (event) => {{
  if (event.source === viewer.contentWindow) told.push(event.data);
}});
</script></body></html>"""


@dataclass(frozen=True)
class Embedder:
    """Where the integrator's pages are, and an origin of somebody else's."""

    origin: str
    stranger: str

    def embed(self, page: Page, url: str) -> None:
        """Show a watch URL in a frame."""
        page.goto(f"{self.origin}/?url={quote(url, safe='')}")


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = parse_qs(urlsplit(self.path).query).get("url")
        body = (PAGE.format(url=escape(url[0])) if url else "<!doctype html><p>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def embedding() -> Iterator[Embedder]:
    """Serve the pages on a free port until left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Embedder(f"http://localhost:{server.server_port}", f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()


def viewer(page: Page) -> Frame:
    """The frame with the watch page in it."""
    frame = page.locator("#viewer").element_handle().content_frame()
    assert frame
    return frame


def ask(page: Page, action: str, **rest: Any) -> None:
    """Give the viewer an instruction."""
    page.evaluate("(asked) => viewer.contentWindow.postMessage(asked, '*')", {"action": action, **rest})


def ask_as_stranger(embedder: Embedder, page: Page, action: str) -> None:
    """Give the viewer an instruction from another frame of the same page, which is of another origin."""
    page.evaluate(
        """(url) => new Promise((done) => {
          const frame = Object.assign(document.createElement("iframe"), { src: url, onload: done });
          document.body.append(frame);
        })""",
        f"{embedder.stranger}/",
    )
    frame = next(frame for frame in page.frames if frame.url == f"{embedder.stranger}/")
    frame.evaluate("(action) => parent.frames[0].postMessage({ action }, '*')", action)


def told(page: Page, kind: str) -> list[dict[str, Any]]:
    """All that the viewer has told of a kind."""
    found: list[dict[str, Any]] = page.evaluate("(kind) => told.filter(({ type }) => type === kind)", kind)
    return found


def until_told(page: Page, kind: str, **fields: Any) -> dict[str, Any]:
    """Wait until the viewer tells this."""

    def found() -> dict[str, Any] | None:
        fitting = (one for one in told(page, kind) if fields.items() <= one.items())
        return next(fitting, None)

    try:
        return flow.until(found, what=f"{kind} {fields}", page=page)
    except AssertionError as problem:
        raise AssertionError(f"{problem}; told: {page.evaluate('told')}") from None


def state(page: Page) -> dict[str, Any]:
    """The newest state that the viewer told."""
    newest: dict[str, Any] = told(page, "upscope.sessionState.update")[-1]["state"]
    return newest


def statuses(page: Page) -> list[str]:
    return [one["sessionStatus"] for one in told(page, "sessionStatusUpdate")]
