"""The way into the REST API: R1, R2, R4, rates."""

from __future__ import annotations

import pytest

from twinpane.web.conftest import OpenSite, Site
from twinpane.web.versions import served_path


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("/v1.0/list", "/v1.4/list"),
        ("/v1.4/list.json", "/v1.4/list"),
        ("/v1.2/visitors/ABC.json", "/v1.4/visitors/ABC"),
        ("/v1.0/users/ABC", "/v1.4/visitors/ABC"),
        ("/v1.1/users/ABC/watch_url.json", "/v1.4/visitors/ABC/watch_url"),
        ("/v1.1/users.json", "/v1.4/visitors"),
        ("/v1.0/users/ABC/watch_link.json", "/v1.4/visitors/ABC/watch_url"),
        ("/v1.1/users/ABC/watch_link.json", "/v1.4/visitors/ABC/watch_link"),
        ("/v1.2/users/ABC", "/v1.4/users/ABC"),
        ("/v1.0/userslist", "/v1.4/userslist"),
        ("/v1.5/list", None),
        ("/v1.4/", None),
        ("/v1.44/list", None),
    ],
)
def test_r4_ways_to_write_a_path(path: str, served: str | None) -> None:
    assert served_path(path) == served


@pytest.mark.parametrize("version", range(5))
@pytest.mark.parametrize("ending", ["", ".json"])
async def test_r1_every_version_answers_with_and_without_json(site: Site, version: int, ending: str) -> None:
    site.visitor("AAAA2222")
    for path in ("usage", "list", "visitors/AAAA2222"):
        status, told, _ = await site.ask("GET", f"/v1.{version}/{path}{ending}")
        assert (status, told["status"]) == (200, "ok")


@pytest.mark.parametrize(("version", "status"), [(0, 200), (1, 200), (2, 404), (3, 404), (4, 404)])
async def test_r4_users_means_visitors_in_the_first_two_versions(site: Site, version: int, status: int) -> None:
    site.visitor("AAAA2222")
    assert (await site.ask("GET", f"/v1.{version}/users/AAAA2222"))[0] == status


@pytest.mark.parametrize("version", range(5))
async def test_r2_key_comes_in_either_header(site: Site, version: int) -> None:
    for headers in ({"X-Api-Key": site.secret}, {"Authorization": f"Bearer {site.secret}"}):
        assert (await site.send("GET", f"/v1.{version}/usage", headers=headers))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Api-Key": "wrong"}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}, {"X-Api-Key": ""}],
)
async def test_r2_wrong_or_missing_key_is_refused_in_the_same_words(site: Site, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/v1.0/list"), ("POST", "/v1.4/visitors/X/watch_url"), ("GET", "/v1.4/nothing")):
        status, told, _ = await site.send(method, path, headers=headers, data="{" if method == "POST" else None)
        assert status == 401
        assert told == {"status": "error", "error": "invalid_api_key", "message": "The API key is wrong or missing."}


async def test_r2_revoked_key_is_refused_at_once(site: Site) -> None:
    assert (await site.ask("GET", "/v1.4/usage"))[0] == 200
    [key] = await site.store.rest_keys(site.team.id)
    await site.store.revoke_rest_key(site.team.id, key.id, site.clock.now())
    assert (await site.ask("GET", "/v1.4/usage"))[0] == 401


async def test_r2_key_tells_when_it_was_used(site: Site) -> None:
    site.clock.advance(60)
    await site.ask("GET", "/v1.4/usage")
    [key] = await site.store.rest_keys(site.team.id)
    assert key.last_used_at == site.clock.now()


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "usage", "read"),
        ("GET", "list", "read"),
        ("GET", "visitors/AAAA2222", "read"),
        ("POST", "visitors/AAAA2222/watch_url", "sessions"),
        ("DELETE", "visitors/AAAA2222/session", "sessions"),
    ],
)
async def test_r2_missing_scope_is_forbidden(site: Site, method: str, path: str, scope: str) -> None:
    site.visitor("AAAA2222")
    body = {"agent": {"id": "7", "name": "Zoë"}}
    lacking = await site.key_with("proxy", "sessions" if scope == "read" else "read")
    status, told, _ = await site.ask(method, f"/v1.4/{path}", key=lacking, json=body)
    assert (status, told["error"]) == (403, "forbidden")
    for enough in (await site.key_with("sessions" if scope == "sessions" else "read"), await site.key_with("admin")):
        assert (await site.ask(method, f"/v1.4/{path}", key=enough, json=body))[0] == 200


async def test_r3_too_many_requests_are_told_when_to_come_again(open_site: OpenSite) -> None:
    async with open_site(rest_requests_per_s=3) as site:
        for left in (2, 1, 0):
            status, _, response = await site.ask("GET", "/v1.4/usage")
            assert (status, response.headers["RateLimit-Remaining"]) == (200, str(left))
        status, told, response = await site.ask("GET", "/v1.4/usage")
        assert (status, told["error"]) == (429, "rate_limited")
        assert response.headers["Retry-After"] == "1"
        assert response.headers["RateLimit-Limit"] == "3"
        assert (await site.ask("GET", "/v1.4/usage", key=await site.key_with("read")))[0] == 200
        site.clock.advance(1)
        assert (await site.ask("GET", "/v1.4/usage"))[0] == 200
