"""The strict headers of every answer: all routes are walked as the router has them, so that none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import aiohttp
import pytest
from starlette.routing import BaseRoute, Route
from twinpane_protocol.console_routes import PREFIX as CONSOLE_API

from twinpane.web.bundles import FOREVER
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.test_problems import BrokenStore

STORED = {
    "/{public_key}.js": "public, max-age=300",
    "/sdk/surface.js": "public, max-age=300",
    "/sdk/{file}": FOREVER,
    "/static/{file}": FOREVER,
    "/stage": "public, max-age=300",
    "/seen/stage": "public, max-age=300",
    "/favicon.svg": "public, max-age=86400",
    "/favicon.ico": "public, max-age=86400",
    "/openapi.json": None,
    "/assets/{token}/{url:path}": "private, max-age=3600",
}
"""Routes whose answers may be kept, and for how long: nothing of a visitor, agent or member is in them but in the
assets, which a session's own agents keep for themselves. All others say no-store."""
FRAMED = (
    *("/watch/{token}", "/watch/s/{seat}", "/stage", "/seen", "/seen/stage"),
    *("/{public_key}.js", "/sdk/{file}", "/sdk/surface.js"),
)
"""What other sites embed or load; see `frame_ancestors`."""
GIVEN = {"public_key": "abcdef1234", "file": "watch-1.js", "short_id": "AAAA2222", "version": "v1.4"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")


def walked(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """All routes, those of routers within as well."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from walked(inner.routes)
        else:
            assert isinstance(route, Route), "a mount or socket hides routes from this test"
            yield route


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: GIVEN.get(name[1], "x1"), path)


def asked(site: Site) -> Iterator[tuple[str, str, str]]:
    """Every route by every method, whether it takes it or not: (route, method, address)."""
    for route in walked(site.routes):
        for method in METHODS:
            yield route.path, method, filled(route.path)


def policy_of(response: aiohttp.ClientResponse) -> dict[str, str]:
    [policy] = response.headers.getall("Content-Security-Policy")
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def check(route: str, response: aiohttp.ClientResponse) -> None:
    """What each answer must have."""
    headers, policy = response.headers, policy_of(response)
    assert headers.getall("X-Content-Type-Options") == ["nosniff"]
    assert headers.getall("Referrer-Policy") == ["no-referrer"]
    assert headers["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    assert policy["default-src"] == "'none'"
    assert policy.get("script-src", "'self'") == "'self'"
    assert "sandbox" in policy or {"frame-ancestors", "base-uri", "form-action"} <= set(policy)
    if "script-src" in policy:
        assert policy["require-trusted-types-for"] == "'script'"
        assert policy["trusted-types"] in ("'none'", "mask-preview")
    if route not in FRAMED:
        assert policy.get("frame-ancestors", "'none'") in ("'none'", "'self'")
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    kept = headers.get("Cache-Control")
    assert kept == "no-store" or (response.status in (200, 206) and kept == STORED[route]), kept
    for line in headers.getall("Set-Cookie", []):
        check_cookie(line, headers.get("Strict-Transport-Security") is not None)


def check_cookie(line: str, is_https: bool) -> None:
    parts = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"httponly", "path=/", "samesite=strict"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    assert not is_https or ("secure" in parts and line.startswith("__Host-"))


@pytest.mark.parametrize("public_url", [None, "https://help.example"])
async def test_every_route_by_every_method_has_the_strict_headers(open_site: OpenSite, public_url: str | None) -> None:
    async with open_site(public_url=public_url, demo_url="http://shop.example", rest_requests_per_s=10_000) as site:
        site.visitor()
        seen = set()
        for route, method, path in asked(site):
            headers = {"X-Api-Key": site.secret, "Cookie": "__Host-twinpane=x; twinpane-console=x"}
            status, _, response = await site.send(method, path, headers=headers)
            assert status < 500 or status == 503, (method, path)
            check(route, response)
            assert ("Strict-Transport-Security" in response.headers) is (public_url is not None)
            seen.add(status)
        assert {200, 204, 303, 401, 404, 405, 422} <= seen | {204}


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/nothing/here", {}, 404),
        ("GET", "/v1.4/nothing", {}, 401),
        ("PUT", "/", {}, 405),
        ("GET", "//watch/x", {}, 404),
        ("POST", f"{CONSOLE_API}/log-in", {"data": b"x", "headers": {"Content-Type": "text/plain"}}, 403),
        ("POST", "/last-words", {"data": b"x" * 20_000}, 413),
    ],
)
async def test_refusals_have_the_strict_headers_too(
    site: Site, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    found, _, response = await site.send(method, path, **options)
    assert found == status
    check("", response)


async def test_our_own_mistakes_and_bodies_over_the_limit_have_the_strict_headers_too(open_site: OpenSite) -> None:
    store = BrokenStore()
    async with open_site(store) as site:
        short_id = site.visitor()
        status, _, response = await site.ask("POST", f"/v1.4/visitors/{short_id}/watch_url", data=b"x" * 70_000)
        assert status == 413
        check("", response)
        store.failure = RuntimeError("secret detail")
        status, _, response = await site.ask("GET", "/v1.4/usage")
        assert status == 500
        check("", response)


async def test_pages_with_something_of_a_session_in_them_are_kept_by_nobody(site: Site) -> None:
    path = await site.watch_url()
    _, _, response = await site.send("GET", path)
    assert response.status == 200
    check("/watch/{token}", response)
    assert response.headers["Cache-Control"] == "no-store"
    _, _, response = await site.send("GET", path)
    assert response.status == 410
    check("/watch/{token}", response)
