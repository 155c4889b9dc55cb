"""`DELETE visitors/:id` and `DELETE visitors?all=true` (R13, R14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from twinpane.live.assets import owner_name
from twinpane.store.sql import SqlStore
from twinpane.web.conftest import OpenSite, Site

PATH = "/v1.4/visitors/AAAA2222"
SECRETS = {"unique_id": "case-zebra", "identities": ["Zebra Quagga"], "metadata": {"plan": "zebra-gold"}}


async def test_r13_erased_visitor_and_their_sessions_are_not_found(site: Site) -> None:
    site.visitor(**SECRETS)
    _, told, _ = await site.ask("POST", f"{PATH}/watch_url", json={"agent": {"id": "7", "name": "Zoë"}})
    assert (await site.ask("DELETE", PATH))[:2] == (200, {"status": "ok"})
    for path in (PATH, f"/v1.4/sessions/{told['session_id']}"):
        assert (await site.ask("GET", path))[0] == 404
    assert site.live.session_id_of(site.team.id, "AAAA2222") is None
    assert (await site.ask("GET", "/v1.4/list?search=zebra"))[1]["visitors"] == []
    assert (await site.ask("DELETE", PATH))[0] == 404


async def test_r13_no_byte_is_left_in_files_and_logs(
    open_site: OpenSite, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    async with open_site(SqlStore.in_file(folder / "twinpane.db")) as site:
        site.visitor(**SECRETS)
        site.visitor("BBBB3333", identities=["Yak"])
        body = {"agent": {"id": "7", "name": "Zoë"}, "metadata": {"about": "zebra"}}
        await site.ask("POST", f"{PATH}/watch_url", json=body)
        await site.ask("GET", "/v1.4/list?search=zebra")
        assert b"ebra" in everything_in(folder)
        assert (await site.ask("DELETE", PATH))[0] == 200
        assert b"Yak" in everything_in(folder)
        assert b"ebra" not in everything_in(folder)
    written = capfd.readouterr()
    assert "ebra" not in caplog.text + written.out + written.err


async def test_r13_files_that_a_visitors_page_supplied_go_with_them(site: Site) -> None:
    blobs = site.live._world.blobs
    digests = {}
    for short_id in ("AAAA2222", "BBBB3333", "CCCC4444"):
        site.visitor(short_id)
        digests[short_id] = await blobs.put(short_id.encode(), "image/png", owner_name(site.team.id, short_id))
    await site.ask("POST", "/v1.4/visitors/CCCC4444/watch_url", json={"agent": {"id": "7", "name": "Zoë"}})
    assert (await site.ask("DELETE", PATH))[0] == 200
    assert await blobs.get(digests["AAAA2222"], owner_name(site.team.id, "AAAA2222")) is None
    await site.ask("DELETE", "/v1.4/visitors?all=true")
    await site.live._world.errands.finish()
    assert await blobs.get(digests["BBBB3333"], owner_name(site.team.id, "BBBB3333")) is None
    assert await blobs.get(digests["CCCC4444"], owner_name(site.team.id, "CCCC4444")) is not None


async def test_r14_offline_visitors_go_and_those_in_a_session_stay(site: Site) -> None:
    for number in range(450):
        site.visitor(f"AAAA2{number:03}")
    await site.ask("POST", "/v1.4/visitors/AAAA2007/watch_url", json={"agent": {"id": "7", "name": "Zoë"}})
    assert (await site.ask("DELETE", "/v1.4/visitors.json?all=true"))[:2] == (200, {"status": "ok"})
    await site.live._world.errands.finish()
    _, told, _ = await site.ask("GET", "/v1.4/list")
    assert [visitor["short_id"] for visitor in told["visitors"]] == ["AAAA2007"]


@pytest.mark.parametrize("query", ["", "?all=false", "?all=", "?all=1"])
async def test_r14_nothing_goes_unless_all_are_meant(site: Site, query: str) -> None:
    site.visitor()
    status, told, _ = await site.ask("DELETE", f"/v1.4/visitors{query}")
    assert (status, list(told["fields"])) == (422, ["all"])
    assert (await site.ask("GET", PATH))[0] == 200


async def test_r2_erasing_needs_the_scope_admin_and_the_own_team(site: Site) -> None:
    site.visitor()
    lesser = await site.key_with("read", "sessions", "proxy")
    other = await site.other_team_key()
    for path in (PATH, "/v1.4/visitors?all=true"):
        assert (await site.ask("DELETE", path, key=lesser))[0] == 403
    assert (await site.ask("DELETE", PATH, key=other))[0] == 404
    assert (await site.ask("DELETE", "/v1.4/visitors?all=true", key=other))[0] == 200
    await site.live._world.errands.finish()
    assert (await site.ask("GET", PATH))[0] == 200


def everything_in(folder: Path) -> bytes:
    """All bytes of all files."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
