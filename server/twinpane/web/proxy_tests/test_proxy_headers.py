"""What we say ourselves on proxied hosts has the headers that our own pages have; a site's answers have the site's."""

from __future__ import annotations

from typing import Any

import pytest
from twinpane.web.bundles import FOREVER

from .conftest import FETCH, NAVIGATION

FORGED = {"Sec-Fetch-Site": "cross-site"}
OURS = [
    ("GET", "/__tp/start?t=used", NAVIGATION, 410),
    ("GET", "/__tp/open?t=used&to=//x", NAVIGATION, 302),
    ("GET", "/__tp/nothing", FETCH, 404),
    ("GET", "/__tp/shim-1.js", FETCH, 200),
    ("GET", "/__tp/cookies?path=/", FETCH, 200),
    ("GET", "/__tp/cookies?path=/", FORGED, 403),
    ("POST", "/__tp/alias", FETCH, 400),
    ("POST", "/__tp/csp", FETCH, 204),
    ("TRACE", "/", NAVIGATION, 400),
    ("GET", "/robots.txt", NAVIGATION, 200),
]


def check(headers: Any) -> None:
    """Nothing runs, loads or frames by it, and nothing of it is guessed, told on or found by search engines."""
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert {part.split()[0] for part in policy.split(";")} >= {"frame-ancestors", "base-uri", "form-action"}


@pytest.mark.parametrize(("method", "target", "headers", "status"), OURS)
async def test_y3_our_own_answers_on_proxied_hosts_have_the_strict_headers(
    open_house: Any, serve_site: Any, method: str, target: str, headers: dict[str, str], status: int
) -> None:
    async with serve_site({}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        kept = target != "/robots.txt"
        answer = await house.ask(origin + target, method=method, headers=headers, cookies=kept)
        assert answer.status == status
        check(answer.headers)
        assert answer.headers["Cache-Control"] == (FOREVER if target.endswith(".js") else "no-store")


async def test_y3_so_have_hosts_without_a_session_and_without_the_cookie(open_house: Any, serve_site: Any) -> None:
    async with serve_site({}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        nowhere = origin.replace("//", "//x", 1)
        for url, headers, status in ((origin, NAVIGATION, 403), (nowhere, NAVIGATION, 404), (nowhere, FETCH, 404)):
            answer = await house.ask(f"{url}/", headers=headers, cookies=False)
            assert answer.status == status
            assert answer.headers["Cache-Control"] == "no-store"
            check(answer.headers)


async def test_y3_the_sessions_cookie_is_for_no_script(open_house: Any, serve_site: Any) -> None:
    async with serve_site({}) as site, open_house() as house:
        async with house.request(await house.start(f"{site}/"), headers=NAVIGATION) as response:
            lines = response.headers.getall("Set-Cookie")
        assert lines
        for line in lines:
            parts = {part.strip() for part in line.split(";")[1:]}
            assert {"HttpOnly", "Path=/", "Domain=px.localhost"} <= parts
            assert {"Secure", "SameSite=None"} <= parts or (line.startswith("tpl_") and "SameSite=Lax" in parts)
