"""`POST webhooks`, `GET webhooks`, `DELETE webhooks/:id`, `webhook_url`, `GET audit` (R21, R22)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from twinpane.actions.read_audit import verify_audit
from twinpane.web.conftest import AGENT, Site

WATCH = "/v1.4/visitors/AAAA2222/watch_url"


class Hook:
    """A receiver of webhooks."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[Any] = []

    async def receive(self, request: web.Request) -> web.Response:
        self.got.append(json.loads(await request.text()))
        return web.Response()

    @property
    def types(self) -> list[str]:
        return [each["type"] for each in self.got]


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    async with TestServer(app) as server:
        made.url = f"http://127.0.0.1:{server.port}/hook"
        yield made


async def test_r21_webhook_tells_its_secret_once_and_is_listed_without(site: Site) -> None:
    body = {"url": "https://shop.example/hook", "events": ["session.ended", "session.ended"]}
    status, told, _ = await site.ask("POST", "/v1.4/webhooks", json=body)
    assert status == 200, told
    secret = told["webhook"].pop("secret")
    assert secret.startswith("whsec_")
    assert told["webhook"]["events"] == ["session.ended"]
    _, listed, _ = await site.ask("GET", "/v1.4/webhooks.json")
    assert listed["webhooks"] == [told["webhook"]]
    path = f"/v1.4/webhooks/{told['webhook']['id']}"
    assert (await site.ask("DELETE", path, key=await site.other_team_key()))[0] == 404
    assert [(await site.ask("DELETE", path))[0] for _ in range(2)] == [200, 404]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "ftp://a.example"}, "url"),
        ({"url": "http://10.0.0.7/hook"}, "url"),
        ({"url": "http://169.254.169.254/"}, "url"),
        ({"url": "https://a.example/", "events": ["session.paused"]}, "events.0"),
    ],
)
async def test_r21_bad_webhook_is_refused_by_field(site: Site, body: dict[str, Any], field: str) -> None:
    status, told, _ = await site.ask("POST", "/v1.4/webhooks", json=body)
    assert (status, list(told["fields"])) == (422, [field])


async def test_r21_session_named_a_webhook_url_that_hears_of_it_alone(site: Site, hook: Hook) -> None:
    site.visitor()
    site.visitor("BBBB3333")
    status, told, _ = await site.ask("POST", WATCH, json=AGENT | {"webhook_url": hook.url})
    assert status == 200, told
    assert told["webhook_secret"].startswith("whsec_")
    await site.ask("POST", WATCH.replace("AAAA2222", "BBBB3333"), json=AGENT)
    await site.ask("DELETE", f"/v1.4/sessions/{told['session_id']}")
    await site.deliveries.idle()
    assert hook.types == ["session.requested", "session.ended"]
    requested, ended = hook.got
    assert requested["data"]["agent"] == {"id": "7", "name": "Zoë"}
    assert (ended["data"]["end_reason"], ended["data"]["session_id"]) == ("agent_stopped", told["session_id"])
    assert (await site.ask("GET", "/v1.4/webhooks"))[1]["webhooks"] == []


async def test_r17_viewer_token_takes_a_webhook_url_too(site: Site, hook: Hook) -> None:
    site.visitor()
    body = {"viewer": AGENT["agent"], "webhook_url": hook.url}
    _, told, _ = await site.ask("POST", "/v1.4/visitors/AAAA2222/viewer_token", json=body)
    assert told["webhook_secret"]
    await site.deliveries.idle()
    assert hook.types == ["session.requested"]


async def test_r21_webhook_url_that_is_not_public_starts_nothing(site: Site) -> None:
    site.visitor()
    status, told, _ = await site.ask("POST", WATCH, json=AGENT | {"webhook_url": "http://192.168.0.1/hook"})
    assert (status, list(told["fields"])) == (422, ["webhook_url"])
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None


async def test_r22_audit_tells_who_did_what_when_and_from_where(site: Site) -> None:
    site.visitor()
    await site.ask("GET", "/v1.4/list")
    await site.ask("POST", WATCH, json={})
    await site.ask("POST", WATCH.replace("v1.4", "v1.0") + ".json", json=AGENT)
    site.clock.advance(5)
    await site.ask("DELETE", "/v1.4/visitors/AAAA2222")
    status, told, _ = await site.ask("GET", "/v1.4/audit")
    assert status == 200
    erased, begun = told["entries"]
    assert (begun["did"], begun["who"]) == ("POST /visitors/AAAA2222/watch_url", "key 1 (all)")
    assert (begun["at"], begun["ip_address"]) == ("2026-01-01T00:00:00.000Z", "127.0.0.1")
    assert (erased["did"], erased["at"]) == ("DELETE /visitors/AAAA2222", "2026-01-01T00:00:05.000Z")
    assert len(erased["hash"]) == 64
    assert (await verify_audit(site.store)).entries == 2
    _, first, _ = await site.ask("GET", "/v1.4/audit?max_results=1")
    _, rest, _ = await site.ask("GET", f"/v1.4/audit?cursor={first['next_cursor']}")
    assert [entry["id"] for entry in rest["entries"]] == [begun["id"]]


async def test_r2_webhooks_and_audit_need_the_scope_admin(site: Site) -> None:
    lesser = await site.key_with("read", "sessions", "proxy")
    for method, path in (("GET", "webhooks"), ("POST", "webhooks"), ("DELETE", "webhooks/x"), ("GET", "audit")):
        assert (await site.ask(method, f"/v1.4/{path}", key=lesser, json={"url": "https://a.example/"}))[0] == 403
