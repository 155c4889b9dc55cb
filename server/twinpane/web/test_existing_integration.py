"""An integration written for the Upscope API plays through with only host and key changed.

The requests are those that its documentation shows for v1.0 to v1.4: paths with and without `.json`, both key
headers, fields that we have no use for, bodies sent as they are by clients that name no content type.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from twinpane.web.conftest import Site

IDENTITY = {
    "unique_id": "42",
    "identities": ["Ada Byron", "ada@example.com"],
    "tags": ["#customer"],
    "last_url": "https://shop.example/cart",
}
V1_0_BODY: dict[str, Any] = {
    "observe_view": True,
    "branding": {
        "naked": True,
        "retry_url": "https://shop.example/admin/share/42",
        "no_bottom_bar": False,
        "no_events": False,
    },
    "agent": {"id": "123", "name": "Zoë"},
}
V1_1_BODY: dict[str, Any] = {
    "branding": {
        "naked": True,
        "retry_url": None,
        "no_bottom_bar": False,
        "on_end_url": "https://shop.example/admin/share/42/ended",
    },
    "permissions": {"allow_click": False},
    "agent": {"id": "123", "name": "Zoë"},
    "metadata": {"key": "value"},
}
V1_3_BODY: dict[str, Any] = {
    "branding": {"naked": True},
    "permissions": {},
    "agent": {"id": "123", "name": "Zoë"},
    "metadata": {},
    "webhook_url": "https://shop.example/hook",
}


@dataclass
class Integration:
    """What an existing integration has in its settings: a host and a key. The rest is as it always was."""

    site: Site
    header: str = "X-Api-Key"

    async def call(
        self, method: str, path: str, *, body: dict[str, Any] | None = None, kind: str | None = "application/json"
    ) -> Any:
        """Send a request as the documentation writes it; the JSON or text of the answer, which must be a success."""
        secret = self.site.secret
        headers = {self.header: f"Bearer {secret}" if self.header == "Authorization" else secret}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers |= {"Content-Type": kind} if kind else {}
        skipped = ["Content-Type"] if body is not None and kind is None else None
        status, told, _ = await self.site.send(method, path, headers=headers, data=data, skip_auto_headers=skipped)
        assert status == 200, told
        return told

    async def opens(self, watch_url: str) -> bool:
        """Whether the agent's browser gets a watch page there."""
        status, text, _ = await self.site.send("GET", watch_url.removeprefix(self.site.url))
        return status == 200 and "<html" in text


async def test_v1_0_of_users_plays_through(site: Site) -> None:
    upscope = Integration(site)
    site.visitor("AAAA2222", **IDENTITY)
    usage = (await upscope.call("GET", "/v1.0/usage.json"))["usage"]
    assert {"online_now", "last_24_hrs", "last_30_days"} <= set(usage["users"])
    [user] = (await upscope.call("GET", "/v1.0/list.json?search=ada"))["users"]
    shown = (await upscope.call("GET", f"/v1.0/users/{user['short_id']}.json"))["user"]
    assert (shown["unique_id"], shown["identities"]) == ("42", IDENTITY["identities"])
    told = await upscope.call("POST", "/v1.0/users/AAAA2222/watch_link.json", body=V1_0_BODY)
    assert await upscope.opens(told["watch_url"])


@pytest.mark.parametrize("version", ["v1.1", "v1.2"])
async def test_v1_1_and_v1_2_of_visitors_play_through(site: Site, version: str) -> None:
    upscope = Integration(site)
    site.visitor("AAAA2222", **IDENTITY)
    usage = (await upscope.call("GET", f"/{version}/usage.json"))["usage"]
    assert set(usage) == {"visitors", "agents", "session_counts", "session_seconds"}
    [visitor] = (await upscope.call("GET", f"/{version}/list.json?search=id:42"))["visitors"]
    path = f"/{version}/visitors/{visitor['short_id']}"
    shown = (await upscope.call("GET", f"{path}.json?with_history=true"))["visitor"]
    assert (shown["_type"], shown["api_key"], shown["sessions"]) == ("visitor", "abcdef1234", [])
    told = await upscope.call("POST", f"{path}/watch_url.json", body=V1_1_BODY)
    assert await upscope.opens(told["watch_url"])
    [session] = (await upscope.call("GET", f"{path}.json"))["visitor"]["sessions"]
    [agent] = session["agents"]
    assert (agent["name"], agent["agent_identifier"]) == ("Zoë", "123")
    assert session["metadata"] == {"key": "value"}


async def test_v1_1_users_in_the_path_are_visitors(site: Site) -> None:
    upscope = Integration(site)
    site.visitor("AAAA2222", **IDENTITY)
    assert (await upscope.call("GET", "/v1.1/users/AAAA2222.json"))["visitor"]["short_id"] == "AAAA2222"


@pytest.mark.parametrize("header", ["X-Api-Key", "Authorization"])
@pytest.mark.parametrize("version", ["v1.3", "v1.4"])
async def test_v1_3_and_v1_4_play_through_with_either_key_header(site: Site, version: str, header: str) -> None:
    upscope = Integration(site, header)
    site.visitor("AAAA2222", **IDENTITY)
    assert (await upscope.call("GET", f"/{version}/usage"))["status"] == "ok"
    for search in ("id:42", "ada%40example.com", "%23customer", "AAAA2222"):
        told = await upscope.call("GET", f"/{version}/list?search={search}&max_results=1")
        assert [visitor["short_id"] for visitor in told["visitors"]] == ["AAAA2222"], search
    told = await upscope.call("POST", f"/{version}/visitors/AAAA2222/watch_url", body=V1_3_BODY)
    assert re.fullmatch(r"[\w-]+", told["session_id"])
    assert await upscope.opens(told["watch_url"])
    assert await upscope.call("DELETE", f"/{version}/visitors/AAAA2222/session") == "ok"
    assert await upscope.call("DELETE", f"/{version}/visitors/AAAA2222/session") == "ok"


@pytest.mark.parametrize("header", ["X-Api-Key", "Authorization"])
async def test_v1_4_viewer_token_plays_through(site: Site, header: str) -> None:
    upscope = Integration(site, header)
    site.visitor("AAAA2222", **IDENTITY)
    body = {"viewer": {"id": "123", "name": "Zoë"}}
    told = await upscope.call("POST", "/v1.4/visitors/AAAA2222/viewer_token", body=body)
    assert {"token", "endpoint", "region", "short_id"} <= set(told)
    assert await upscope.opens(f"{told['endpoint']}/watch/{told['token']}")


@pytest.mark.parametrize(
    "path", ["/v1.0/users", "/v1.1/visitors", "/v1.2/visitors", "/v1.3/visitors", "/v1.4/visitors"]
)
async def test_visitors_are_deleted_in_every_version(site: Site, path: str) -> None:
    upscope = Integration(site)
    for short_id in ("AAAA2222", "BBBB3333"):
        site.visitor(short_id, **IDENTITY)
    await upscope.call("DELETE", f"{path}/AAAA2222.json")
    assert (await site.ask("GET", f"{path}/AAAA2222.json"))[0] == 404
    await upscope.call("DELETE", f"{path}.json?all=true")
    await site.live._world.errands.finish()
    assert (await site.ask("GET", f"{path}/BBBB3333.json"))[0] == 404


@pytest.mark.parametrize("kind", [None, "application/x-www-form-urlencoded", "application/json; charset=utf-8"])
async def test_r1_json_is_read_also_when_the_sender_does_not_name_it(site: Site, kind: str | None) -> None:
    site.visitor("AAAA2222", **IDENTITY)
    told = await Integration(site).call("POST", "/v1.1/visitors/AAAA2222/watch_url.json", body=V1_1_BODY, kind=kind)
    assert told["watch_url"]


@pytest.mark.parametrize("version", range(5))
async def test_r2_wrong_key_is_told_as_documented(site: Site, version: int) -> None:
    for headers in ({"X-Api-Key": "old"}, {"Authorization": "Bearer old"}, {}):
        status, told, _ = await site.send("GET", f"/v1.{version}/usage.json", headers=headers)
        assert (status, told["status"], told["error"]) == (401, "error", "invalid_api_key")


@pytest.mark.parametrize("version", range(5))
async def test_r3_unknown_visitor_is_404_as_documented(site: Site, version: int) -> None:
    for method, path in (("GET", ""), ("POST", "/watch_url")):
        status, told, _ = await site.ask(method, f"/v1.{version}/visitors/ZZZZ9999{path}.json", json=V1_1_BODY)
        assert (status, told["status"]) == (404, "error")
