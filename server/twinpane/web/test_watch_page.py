"""The watch page: opened once, reloaded as often as wanted (R15a)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from twinpane.access.keys import hash_secret
from twinpane.store.sql import SqlStore
from twinpane.web.conftest import OpenSite, Site


def seat_in(page: str) -> Any:
    match = re.search(r'<script type="application/json" id="seat">(.*?)</script>', page)
    assert match
    return json.loads(match[1])


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("twinpane.db*"))


async def test_r15a_watch_url_opens_once(site: Site) -> None:
    path = await site.watch_url()
    status, page, response = await site.send("GET", path)
    assert status == 200
    seat = seat_in(page)
    kept = await site.store.seat_by_grant(hash_secret(seat["grant"]))
    assert kept is not None
    assert kept.id == seat["seat"]
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    status, page, _ = await site.send("GET", path)
    assert status == 410
    assert "has been used" in page
    assert seat["grant"] not in page


async def test_r15a_watch_url_dies_after_60_s_unopened(site: Site) -> None:
    path = await site.watch_url()
    site.clock.advance(59.9)
    other = await site.watch_url()
    site.clock.advance(0.1)
    status, page, _ = await site.send("GET", path)
    assert (status, "has expired" in page) == (410, True)
    assert (await site.send("GET", other))[0] == 200


async def test_r15a_neither_token_nor_grant_is_in_the_database_or_the_log(
    open_site: OpenSite, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    async with open_site(SqlStore.in_file(tmp_path / "twinpane.db")) as site:
        path = await site.watch_url()
        _, page, _ = await site.send("GET", path)
        await site.send("GET", path)
        secrets = [path.removeprefix("/watch/"), seat_in(page)["grant"], site.secret]
        kept = bytes_in(tmp_path)
        assert hash_secret(secrets[0]) in kept
    kept += bytes_in(tmp_path)
    logged = caplog.text + "".join(capsys.readouterr())
    assert "/watch/…" in logged
    for secret in secrets:
        assert secret.encode() not in kept
        assert secret not in logged


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}])
async def test_r15a_looking_without_visiting_does_not_use_the_link(site: Site, headers: dict[str, str]) -> None:
    path = await site.watch_url()
    assert (await site.send("HEAD", path))[0] == 200
    assert (await site.send("GET", path, headers=headers))[0] == 503
    assert (await site.send("GET", path))[0] == 200


@pytest.mark.parametrize("token", ["x", "%00", "..%2f", "%ff", "a" * 5000, "<script>"])
async def test_r15a_unknown_link_says_so_in_words(site: Site, token: str) -> None:
    status, page, response = await site.send("GET", f"/watch/{token}")
    assert (status, response.content_type) in ((410, "text/html"), (404, "application/json"))
    assert "<script" not in str(page)


async def test_r15_link_that_fails_offers_the_integrators_retry(site: Site) -> None:
    retry_url = "https://a.example/again?x=1&y='2"
    path = await site.watch_url(branding={"retry_url": retry_url})
    _, page, _ = await site.send("GET", path)
    assert seat_in(page)["retry_url"] == retry_url
    _, page, _ = await site.send("GET", path)
    assert 'href="https://a.example/again?x=1&amp;y=&#x27;2"' in page


async def test_r15_the_page_speaks_the_language_that_was_asked_for(site: Site) -> None:
    _, page, _ = await site.send("GET", await site.watch_url(language="de-AT"), headers={"Accept-Language": "fr"})
    assert seat_in(page)["language"] == "de-AT"
    assert '<link rel="modulepreload" href="/static/de-3.js">' in page
    _, page, _ = await site.send("GET", await site.watch_url(), headers={"Accept-Language": "xx;q=1, de-CH;q=0.9, en"})
    assert "language" not in seat_in(page)
    assert '<link rel="modulepreload" href="/static/de-3.js">' in page


async def test_r15a_reload_shows_the_seat_without_its_grant(site: Site) -> None:
    status, page, _ = await site.send("GET", "/watch/s/some-seat")
    assert (status, seat_in(page)) == (200, {"seat": "some-seat"})


async def test_seat_in_the_address_cannot_become_markup(site: Site) -> None:
    _, page, _ = await site.send("GET", "/watch/s/%3Cscript%3E%22%3Cimg%3E")
    assert "<img" not in page
    assert page.count("<script") == 2
    assert seat_in(page) == {"seat": '<script>"<img>'}


async def test_watch_page_runs_our_scripts_only_and_may_be_embedded(site: Site) -> None:
    _, page, response = await site.send("GET", await site.watch_url())
    policy = response.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["connect-src"] == f"'self' {site.url.replace('http', 'ws')}"
    assert directives["img-src"] == "'self' data:"
    assert directives["frame-src"] == directives["script-src"] == "'self'"
    assert directives["base-uri"] == directives["form-action"] == directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "*"
    assert '<script type="module" src="/static/watch-1.js">' in page
    assert '<link rel="stylesheet" href="/static/watch-1.css">' in page
    assert '<link rel="modulepreload" href="/static/chunk-2.js">' in page


LOGOS = [
    ("https://crm.example/logo.png?size=2", " https://crm.example"),
    ("https://crm.example:8443/a/b.svg#x", " https://crm.example:8443"),
    ("https://Zoë.example/logo.png", " https://xn--zo-ija.example"),
    ("https://user:pass@crm.example/logo.png", " https://crm.example"),
    ("https://[2001:db8::1]/logo.png", " https://[2001:db8::1]"),
    ("http://crm.example/logo.png", ""),
    ("https://crm.example;script-src*/logo.png", ""),
    ("https://*/logo.png", ""),
]


@pytest.mark.parametrize(("logo_url", "source"), LOGOS)
async def test_r15_the_integrators_logo_is_all_that_the_page_may_load_from_elsewhere(
    site: Site, logo_url: str, source: str
) -> None:
    path = await site.watch_url(branding={"logo_url": logo_url})
    _, page, response = await site.send("GET", path)
    _, _, again = await site.send("GET", f"/watch/s/{seat_in(page)['seat']}")
    _, _, without = await site.send("GET", await site.watch_url())
    policy = without.headers["Content-Security-Policy"]
    assert f"img-src 'self' data:{source}; " in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"].replace(f"data:{source};", "data:;") == policy
    assert again.headers["Content-Security-Policy"] == response.headers["Content-Security-Policy"]


async def test_operator_says_who_may_embed_the_watch_page(open_site: OpenSite) -> None:
    async with open_site(frame_ancestors=("https://a.example", "'self'")) as site:
        path = await site.watch_url()
        for _ in range(2):
            _, _, response = await site.send("GET", path)
            assert "frame-ancestors https://a.example 'self'" in response.headers["Content-Security-Policy"]
        _, page, _ = await site.send("GET", "/watch/s/some-seat")
        assert 'data-embedders="https://a.example &#x27;self&#x27;"' in page, "the page knows whom to listen to (A4)"
        _, _, response = await site.send("GET", "/stage")
        assert "frame-ancestors 'self' https://a.example" in response.headers["Content-Security-Policy"]


async def test_stage_is_an_empty_standards_mode_page_in_which_nothing_runs(site: Site) -> None:
    status, page, response = await site.send("GET", "/stage")
    assert status == 200
    assert page.lower().startswith("<!doctype html>")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "connect-src" not in policy
    assert "frame-ancestors 'self' *" in policy


async def test_m7_the_page_that_plays_to_visitors_may_stand_in_any_site_and_holds_nothing(site: Site) -> None:
    """Whatever the operator's `frame_ancestors` are: visitors' sites are not among them."""
    status, page, response = await site.send("GET", "/seen")
    policy = response.headers["Content-Security-Policy"]
    assert status == 200
    assert '<script type="module" src="/static/seen-1.js">' in page
    assert "frame-ancestors *" in policy
    assert "connect-src" not in policy, "it can tell nobody what it shows"
    assert "trusted-types 'none'" in policy
    status, _, response = await site.send("GET", "/seen/stage")
    assert status == 200
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' *" in response.headers["Content-Security-Policy"]


async def test_r30_a_watch_link_leads_to_the_visitor_in_the_console(site: Site) -> None:
    status, _, response = await site.send("GET", "/w/AAAA2222")
    assert (status, response.headers["Location"]) == (303, "/console/visitors/AAAA2222")
    _, _, response = await site.send("GET", "/w/..%3F%2F%2Fevil.example")
    assert not response.headers.get("Location", "").startswith(("//", "http"))
