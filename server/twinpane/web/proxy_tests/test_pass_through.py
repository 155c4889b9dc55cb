"""Requests and answers as the site and the browser see them (P3)."""

from __future__ import annotations

import hashlib
from typing import Any

from aiohttp import web

from .conftest import NAVIGATION


async def echo(request: web.Request) -> web.Response:
    """What the site was asked."""
    return web.json_response(
        {
            "method": request.method,
            "path": request.raw_path,
            "headers": [[name, value] for name, value in request.headers.items()],
            "body": (await request.read()).decode("latin-1"),
        }
    )


async def test_p3_the_site_is_asked_for_the_very_path_and_query(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": echo}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        for path in ("/", "/a/../b//c", "/%7Euser/%2f?q=%C3%A4&b=a+b&&x", "/x?a=http://y/;z", "/|{}"):
            told = await house.ask(origin + path)
            assert told.status == 200
