"""Exporting what is stored about a visitor (R24)."""

from __future__ import annotations

from twinpane.ports.inventory import exported_columns
from twinpane.web.conftest import AGENT, Site


async def test_r24_export_has_every_column_of_theirs_and_no_secret_of_others(site: Site) -> None:
    short_id = site.visitor(unique_id="case-42", identities=["Ada"])
    assert (await site.ask("POST", f"/v1.4/visitors/{short_id}/watch_url", json=AGENT))[0] == 200
    status, told, _ = await site.ask("GET", f"/v1.4/visitors/{short_id}/export")
    assert status == 200
    stored = told["stored"]
    assert set(stored) == set(exported_columns())
    for table, columns in exported_columns().items():
        assert all(list(row) == columns for row in stored[table])
    assert stored["visitors"][0]["first_seen_at"].endswith("Z")
    assert stored["seats"][0]["agent_name"] == AGENT["agent"]["name"]
    assert "hash" not in str(stored)
    assert (await site.ask("DELETE", f"/v1.4/visitors/{short_id}"))[0] == 200
    assert (await site.ask("GET", f"/v1.4/visitors/{short_id}/export"))[0] == 404


async def test_r24_export_needs_the_scope_admin_and_the_own_team(site: Site) -> None:
    short_id = site.visitor()
    path = f"/v1.4/visitors/{short_id}/export"
    assert (await site.ask("GET", path, key=await site.key_with("read", "sessions")))[0] == 403
    assert (await site.ask("GET", path, key=await site.other_team_key()))[0] == 404
