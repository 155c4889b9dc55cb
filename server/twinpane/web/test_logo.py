"""The operator's logo stands in the console and in watch pages that have no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from twinpane.web.conftest import AGENT, OpenSite, Site
from twinpane.web.context import Web
from twinpane.web.logo import MAX_BYTES, read_logo

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


async def branding(site: Site, **given: str) -> object:
    site.visitor()
    body = AGENT | ({"branding": given} if given else {})
    assert (await site.ask("POST", "/v1.4/visitors/AAAA2222/watch_url", json=body))[0] == 200
    [record] = await site.store.sessions_of(site.team.id, "AAAA2222", 5)
    return record.agents[-1].branding.get("logo_url")


async def test_a_logo_is_the_watch_pages_where_it_has_no_other(open_site: OpenSite, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(PNG)

    def with_logo(web: Web) -> Web:
        return replace(web, logo=read_logo(path))

    async with open_site(change=with_logo) as site:
        url = str(await branding(site))
        assert url.startswith(f"{site.url}/logo/logo-")
        async with site.http.get(url) as response:
            assert (response.status, response.content_type, await response.read()) == (200, "image/png", PNG)
        assert await branding(site, logo_url="https://crm.example/logo.png") == "https://crm.example/logo.png"
        assert (await site.send("GET", "/logo/other.png"))[0] == 404


async def test_without_a_logo_there_is_none(site: Site) -> None:
    assert await branding(site) is None
    assert (await site.send("GET", "/logo/logo-1.png"))[0] == 404


@pytest.mark.parametrize("body", [b"<svg onload='alert(1)'/>", PNG + b"x" * MAX_BYTES, None])
def test_what_is_no_small_picture_is_refused_in_words(tmp_path: Path, body: bytes | None) -> None:
    path = tmp_path / "logo"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(ValueError, match="The logo"):
        read_logo(path)
