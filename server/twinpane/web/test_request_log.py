"""A line for each request, with nothing secret in it."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from twinpane.web.conftest import Site
from twinpane.web.request_log import area_of, loggable_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/watch/TOKEN", "/watch/…"),
        ("/watch/s/SEAT", "/watch/…"),
        ("//watch/TOKEN", "/watch/…"),
        ("/assets/TOKEN/https://a.example/x.png", "/assets/…"),
        ("/v1.4/list", "/v1.4/list"),
        ("/", "/"),
    ],
)
def test_r15a_secret_part_of_a_path_is_not_logged(path: str, shown: str) -> None:
    assert loggable_path(path) == shown


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("/v1.0/list", "api"),
        ("/abcdef1234.js", "loader"),
        ("/healthz", "probe"),
        ("/watch/x", "watch"),
        ("/x", "other"),
    ],
)
def test_each_path_belongs_to_an_area(path: str, area: str) -> None:
    assert area_of(path) == area


async def test_r15a_log_of_a_whole_flow_holds_no_secret(site: Site) -> None:
    with capture_logs() as lines:
        path = await site.watch_url()
        await site.send("GET", path)
        await site.send("GET", path)
        await site.send("GET", f"//watch/{path.removeprefix('/watch/')}")
        await site.ask("GET", "/v1.4/list?search=zoe@acme.example")
        await site.send("GET", "/v1.4/list", headers={"Authorization": "Bearer wrong-secret"})
    told = str(lines)
    assert [line["status"] for line in lines if line["event"] == "request"] == [200, 200, 410, 404, 200, 401]
    for secret in (path.removeprefix("/watch/"), site.secret, "zoe@acme", "wrong-secret"):
        assert secret not in told


async def test_every_answer_has_the_guarding_headers(site: Site) -> None:
    for path in ("/", "/nothing", "/v1.4/list", "/abcdef1234.js", "/metrics", "/watch/x"):
        _, _, response = await site.send("GET", path)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "Server" not in response.headers or "uvicorn" in response.headers["Server"]
