"""Failures have one shape (R3)."""

from __future__ import annotations

from typing import Any

import pytest

from twinpane.errors import UnavailableError
from twinpane.ports.records import RestKey
from twinpane.store.memory import MemoryStore
from twinpane.web.conftest import OpenSite, Site


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1.4/nothing", 404, "not_found"),
        ("GET", "/v1.4/list/", 404, "not_found"),
        ("GET", "/v1.7/list", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("POST", "/v1.4/list", 405, "method_not_allowed"),
        ("DELETE", "/", 405, "method_not_allowed"),
        ("POST", "/watch/abc", 405, "method_not_allowed"),
        ("GET", "/v1.4/visitors/%00%ff", 404, "not_found"),
        ("GET", "/v1.4/visitors/..%2f..%2fetc", 404, "not_found"),
        ("PROPFIND", "/v1.4/list", 405, "method_not_allowed"),
    ],
)
async def test_r3_refusal_is_json_with_a_code(site: Site, method: str, path: str, status: int, code: str) -> None:
    got, told, response = await site.ask(method, path)
    assert (got, response.content_type) == (status, "application/json")
    assert (told["status"], told["error"]) == ("error", code)
    assert told["message"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("OPTIONS", "/v1.4/settings", "GET, PATCH"),
        ("POST", "/v1.2/visitors/ABCDEF.json", "DELETE, GET"),
        ("GET", "/v1.0/visitors/ABCDEF/watch_link", "POST"),
        ("DELETE", "/", "GET, HEAD"),
    ],
)
async def test_r3_a_refused_method_is_told_all_that_the_path_takes(
    site: Site, method: str, path: str, allowed: str
) -> None:
    status, _, response = await site.ask(method, path)
    assert (status, response.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize("body", ["", "{", "[", "nul", '{"agent": }', "\x00", "[" * 50_000])
async def test_r3_body_that_is_not_json_is_bad_input(site: Site, body: str) -> None:
    path = f"/v1.4/visitors/{site.visitor()}/watch_url"
    status, told, _ = await site.ask("POST", path, data=body, headers={"Content-Type": "application/json"})
    assert status in (400, 422), told
    assert told["status"] == "error"
    assert "Traceback" not in str(told)


@pytest.mark.parametrize("body", ["[]", "7", "null", '"x"', "{}"])
async def test_r3_body_of_another_shape_is_bad_input_with_fields(site: Site, body: str) -> None:
    path = f"/v1.4/visitors/{site.visitor()}/watch_url"
    status, told, _ = await site.ask("POST", path, data=body, headers={"Content-Type": "application/json"})
    assert (status, told["error"]) == (422, "invalid_request")
    assert told["fields"]


async def test_r3_body_that_is_not_sent_as_json_is_told_how(site: Site) -> None:
    path = f"/v1.4/visitors/{site.visitor()}/watch_url"
    status, told, _ = await site.ask("POST", path, data="agent=7", headers={"Content-Type": "text/plain"})
    assert (status, told["error"]) == (422, "invalid_request")
    assert "Content-Type: application/json" in told["message"]


async def test_r3_body_over_the_limit_is_too_large(site: Site) -> None:
    path = f"/v1.4/visitors/{site.visitor()}/watch_url"

    async def pieces() -> Any:
        for _ in range(20):
            yield b" " * 10_000

    for data in (b" " * 70_000, pieces()):
        status, told, _ = await site.ask("POST", path, data=data, headers={"Content-Type": "application/json"})
        assert (status, told["error"]) == (413, "too_large")


class BrokenStore(MemoryStore):
    """A store whose database fails in one of two ways once `failure` is set."""

    failure: Exception | None = None

    async def rest_key_by_hash(self, key_hash: bytes) -> RestKey | None:
        """Fail as told."""
        if self.failure is not None:
            raise self.failure
        return await super().rest_key_by_hash(key_hash)


async def test_r3_our_own_mistake_is_told_without_its_trace(
    open_site: OpenSite, caplog: pytest.LogCaptureFixture
) -> None:
    store = BrokenStore()
    async with open_site(store) as site:
        store.failure = RuntimeError("secret detail")
        status, told, response = await site.ask("GET", "/v1.4/usage")
        assert status == 500
        assert told == {"status": "error", "error": "internal", "message": "Something went wrong on our side."}
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "secret detail" in caplog.text


async def test_r3_database_that_does_not_answer_is_unavailable(open_site: OpenSite) -> None:
    store = BrokenStore()
    async with open_site(store) as site:
        store.failure = UnavailableError("The database does not answer.")
        status, told, _ = await site.ask("GET", "/v1.4/usage")
        assert (status, told["error"]) == (503, "unavailable")
