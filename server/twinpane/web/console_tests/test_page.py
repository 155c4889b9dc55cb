"""The console's page: one shell, whatever follows the address, framed by nobody."""

from __future__ import annotations

import pytest
from twinpane.web.conftest import Site


@pytest.mark.parametrize("path", ["/console", "/console/join", "/console/visitors/AAAA2222", "/console/apiary"])
async def test_the_shell_loads_the_bundle_and_nothing_from_elsewhere(site: Site, path: str) -> None:
    status, page, response = await site.send("GET", path)
    assert status == 200
    assert '<script type="module" src="/static/team-1.js">' in page
    assert '<link rel="stylesheet" href="/static/team-1.css">' in page
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert site.team.public_key not in page


async def test_what_is_no_route_of_the_api_is_told_as_json(site: Site) -> None:
    status, told, _ = await site.send("GET", "/console/api/nothing")
    assert (status, told["error"]) == (404, "not_found")
    status, told, _ = await site.send("PUT", "/console/api/me")
    assert (status, told["error"]) == (405, "method_not_allowed")
