"""A site of somebody else: pages, a socket that echoes, events that come one by one, large files both ways."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from aiohttp import WSMsgType, web

HOST = "www.shop.test"
LARGE_BYTES = 64_000_000
PIECE = bytes(range(256)) * 1024
PAGE = """<!doctype html><title>Shop</title><h1>Chairs</h1><img src="/picture.svg" alt="">
<a id="next" href="/deep//path/a%2Fb?x=1&y=%20">on</a><script>self.where = location.href</script>"""


async def page(request: web.Request) -> web.Response:
    answer = web.Response(text=PAGE + f"<p>{request.raw_path[:200]}</p>", content_type="text/html")
    answer.enable_compression()
    return answer


async def picture(_: web.Request) -> web.Response:
    return web.Response(text='<svg xmlns="http://www.w3.org/2000/svg"/>', content_type="image/svg+xml")


async def echo(request: web.Request) -> web.WebSocketResponse:
    opened = web.WebSocketResponse(protocols=["chat"])
    await opened.prepare(request)
    async for message in opened:
        if message.type is WSMsgType.TEXT:
            await opened.send_str(f"heard {message.data}")
    return opened


class Events:
    """The second event comes only once the browser has said that it has the first."""

    def __init__(self) -> None:
        self.seen = asyncio.Event()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        await answer.write(b"data: one\n\n")
        await asyncio.wait_for(self.seen.wait(), 20)
        await answer.write(b"data: two\n\n")
        return answer

    async def go(self, _: web.Request) -> web.Response:
        self.seen.set()
        return web.Response(text="ok")


async def large(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": str(LARGE_BYTES)})
    await answer.prepare(request)
    left = LARGE_BYTES
    while left:
        await answer.write(PIECE[:left])
        left -= min(left, len(PIECE))
    return answer


async def upload(request: web.Request) -> web.Response:
    digest, count = hashlib.sha256(), 0
    async for chunk in request.content.iter_any():
        digest.update(chunk)
        count += len(chunk)
    return web.json_response({"bytes": count, "sha256": digest.hexdigest()})


async def told(request: web.Request) -> web.Response:
    """What came of a long head, answered with a long head."""
    return web.json_response(
        {"path": len(request.raw_path), "header": len(request.headers.get("X-Long", ""))},
        headers={"X-Long": "y" * 20_000},
    )


def _app() -> web.Application:
    events = Events()
    app = web.Application()
    app.router.add_get("/picture.svg", picture)
    app.router.add_get("/echo", echo)
    app.router.add_get("/events", events.stream)
    app.router.add_post("/go", events.go)
    app.router.add_get("/large", large)
    app.router.add_post("/upload", upload)
    app.router.add_get("/told", told)
    app.router.add_get("/{path:.*}", page)
    return app


@contextmanager
def served() -> Iterator[int]:
    """Serve the site in a thread of its own; gives its port."""
    loop = asyncio.new_event_loop()
    started: Future[int] = Future()
    over = asyncio.Event()

    async def serve() -> None:
        runner = web.AppRunner(_app(), max_line_size=65_536, max_field_size=65_536, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        started.set_result(runner.addresses[0][1])
        await over.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        yield started.result(20)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
