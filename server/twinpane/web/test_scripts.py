"""The browser parts are served (S1)."""

from __future__ import annotations

import pytest

from twinpane.web.conftest import Site


async def test_s1_loader_is_served_under_the_public_key_to_any_page(site: Site) -> None:
    status, text, response = await site.send("GET", "/abcdef1234.js")
    assert (status, response.content_type) == (200, "text/javascript")
    assert "loader-1.js" in text
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("key", ["abcdef1235", "x", "abcdef12345", "*%0Aalert(1)"])
async def test_s1_wrong_key_is_told_in_a_comment(site: Site, key: str) -> None:
    status, text, response = await site.send("GET", f"/{key}.js")
    assert (status, response.content_type) == (404, "text/javascript")
    assert text.startswith("// Twinpane: ")
    assert "alert" not in text


async def test_s1_core_is_kept_for_ever_and_open_to_any_page(site: Site) -> None:
    status, text, response = await site.send("GET", "/sdk/core-1.js", headers={"Accept-Encoding": "identity"})
    assert (status, "core-1.js" in text) == (200, True)
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Encoding" not in response.headers


async def test_s1_surface_has_a_plain_name_for_pages_that_are_not_connected(site: Site) -> None:
    status, text, response = await site.send("GET", "/sdk/surface.js")
    assert (status, "surface-1.js" in text) == (200, True)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


async def test_parts_of_our_own_pages_are_for_our_own_pages(site: Site) -> None:
    status, _, response = await site.send("GET", "/static/watch-1.css")
    assert (status, response.content_type) == (200, "text/css")
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/static/nothing.js", "/sdk/..%2f..%2fmain.py", "/static/manifest.json", "/sdk/"])
async def test_nothing_else_is_served(site: Site, path: str) -> None:
    assert (await site.send("GET", path))[0] == 404
