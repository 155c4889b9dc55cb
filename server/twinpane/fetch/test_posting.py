"""Webhooks are posted to public addresses only (R21, P5)."""

from __future__ import annotations

from contextlib import aclosing

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from twinpane.errors import FetchFailedError, FetchRefusedError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.posting import GuardedPost


async def test_r21_receiver_gets_the_body_and_redirects_are_not_followed() -> None:
    got: list[tuple[str, bytes]] = []

    async def receive(request: web.Request) -> web.Response:
        got.append((request.headers["X-It"], await request.read()))
        raise web.HTTPFound("/elsewhere")

    app = web.Application()
    app.router.add_post("/hook", receive)
    async with TestServer(app) as server, closed(GuardedPost(Guard(["127.0.0.0/8"]))) as post:
        status = await post.post(f"http://127.0.0.1:{server.port}/hook", {"X-It": "7"}, b"{}")
    assert (status, got) == (302, [("7", b"{}")])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://10.0.0.7/hook",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://localhost:8000/",
        "http://0x7f000001/",
        "ftp://a.example/",
        "http://name:password@a.example/",
        "https://a.example:22/",
    ],
)
async def test_p5_address_that_is_not_public_is_refused_before_it_is_tried(url: str) -> None:
    async with closed(GuardedPost(Guard())) as post:
        assert post.refusal_of(url)
        with pytest.raises(FetchRefusedError):
            await post.post(url, {}, b"{}")


async def test_r21_receiver_that_does_not_answer_is_a_failure() -> None:
    async with TestServer(web.Application()) as server:
        port = server.port
    async with closed(GuardedPost(Guard(["127.0.0.0/8"]))) as post:
        with pytest.raises(FetchFailedError):
            await post.post(f"http://127.0.0.1:{port}/hook", {}, b"{}")


def closed(post: GuardedPost) -> aclosing[GuardedPost]:
    post.aclose = post.close  # type: ignore[attr-defined]
    return aclosing(post)  # type: ignore[type-var]
