"""The landing page, the demo, the mark."""

from __future__ import annotations

import re
from html import unescape

import pytest

from twinpane.web.conftest import OpenSite, Site


async def test_landing_page_says_what_this_is(site: Site) -> None:
    status, page, response = await site.send("GET", "/")
    assert (status, response.content_type) == (200, "text/html")
    assert "co-browsing" in page
    assert 'href="/demo"' not in page


async def test_demo_shows_both_panes_of_a_customer_of_its_own(open_site: OpenSite) -> None:
    async with open_site(demo_url="http://localhost:3000/") as site:
        _, page, response = await site.send("GET", "/demo")
        visitor, agent = re.findall(r'<iframe src="(.*?)"', page)
        assert re.fullmatch(r"http://localhost:3000/visitor\?id=\w{6}", visitor)
        assert agent == visitor.replace("/visitor", "/agent")
        assert visitor not in (await site.send("GET", "/demo"))[1]
        assert "frame-src 'self' http://localhost:3000;" in response.headers["Content-Security-Policy"]
        _, page, _ = await site.send("GET", "/")
        assert 'href="/demo"' in page


async def test_there_is_no_demo_unless_set(site: Site) -> None:
    assert (await site.send("GET", "/demo"))[0] == 404


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.svg"])
async def test_mark_is_an_svg(site: Site, path: str) -> None:
    status, text, response = await site.send("GET", path)
    assert (status, response.content_type, text[:4]) == (200, "image/svg+xml", "<svg")


async def test_nothing_on_our_pages_loads_from_elsewhere(open_site: OpenSite) -> None:
    async with open_site(demo_url="http://localhost:3000") as site:
        for path in ("/", "/demo", "/stage", "/w/AAAA2222", "/watch/unknown", await site.watch_url()):
            _, page, _ = await site.send("GET", path)
            loads = re.findall(r'(?:src|<link[^>]* href)="(https?:[^"]*)"', page)
            assert all(address.startswith("http://localhost:3000/") for address in loads)


async def test_r5_api_is_described_without_pages_from_elsewhere(site: Site) -> None:
    _, told, _ = await site.send("GET", "/openapi.json")
    status, page, response = await site.send("GET", "/docs")
    assert status == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["']?[^"'/]""", page)
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert operation["summary"] in unescape(page)
    assert (await site.send("GET", "/redoc"))[0] == 404
