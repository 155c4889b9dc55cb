"""Recordings over the API, their links and the replay page's doors (R20)."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from twinpane_protocol.shared import Permissions

from twinpane.live.assets import owner_name
from twinpane.ports.recordings import Piece, RecordedAsset, RecordedFrame
from twinpane.ports.records import Seat, SessionRecord
from twinpane.web.conftest import AGENT, Site

SHEET = "https://shop.example/a.css"


async def recorded(site: Site, session_id: str = "s1", short_id: str = "AAAA2222") -> str:
    """A session that ended, with what was recorded of it; its path in the API."""
    owner = owner_name(site.team.id, site.visitor(short_id, identities=["Ada"]))
    began = site.clock.now()
    record = SessionRecord(
        id=session_id,
        team_id=site.team.id,
        short_id=short_id,
        started_at=began,
        went_live_at=began,
        ended_at=began + timedelta(seconds=9),
        end_reason="agent_stopped",
        is_recorded=True,
    )
    await site.store.add_session(record)
    await site.store.add_seat(_seat(session_id, site))
    frames = [RecordedFrame(0, b"first"), RecordedFrame(8000, b"last")]
    assets = [RecordedAsset(SHEET, b"p { background: url(b.png) }", "text/css", SHEET)]
    await site.live.recordings.append(owner, session_id, Piece(frames, assets))
    figures = await site.live.recordings.measure(owner, session_id)
    assert figures is not None
    await site.store.set_recording(session_id, figures._asdict())
    return f"/v1.4/sessions/{session_id}/recording"


def _seat(session_id: str, site: Site) -> Seat:
    return Seat(
        id=f"seat-{session_id}",
        session_id=session_id,
        agent_id="7",
        agent_name="Zoë",
        permissions=Permissions(),
        branding={},
        token_hash=session_id.encode(),
        expires_at=site.clock.now(),
        joined_at=site.clock.now(),
    )


async def replay(site: Site, path: str) -> str:
    """The token of a replay's link."""
    _, told, _ = await site.ask("GET", path)
    address, _, token = told["recording"]["replay_url"].partition("#")
    assert address.endswith("/replay")
    return str(token)


async def show(site: Site, door: str, token: str) -> tuple[int, Any, aiohttp.ClientResponse]:
    return await site.send("GET", f"/replay/{door}", headers={"Authorization": f"Bearer {token}"})


async def test_r20_a_recording_is_told_with_its_session_and_with_a_link(site: Site) -> None:
    path = await recorded(site)
    _, told, _ = await site.ask("GET", path.removesuffix("/recording"))
    figures = told["session"]["recording"]
    assert figures == {
        "_type": "recording",
        "session_id": "s1",
        "started_at": told["session"]["started_at"],
        "length_seconds": 8,
        "size_bytes": figures["size_bytes"],
        "is_whole": True,
    }
    status, told, _ = await site.ask("GET", path)
    assert status == 200
    assert told["recording"] == figures | {name: told["recording"][name] for name in ("replay_url", "expires_at")}
    entries = (await site.ask("GET", "/v1.4/audit"))[1]["entries"]
    assert "show recording of session s1" in [entry["did"] for entry in entries]


async def test_r20_the_link_shows_what_was_recorded_for_an_hour(site: Site) -> None:
    token = await replay(site, await recorded(site))
    status, told, _ = await show(site, "recording", token)
    assert status == 200
    opened = told["recording"]
    assert (opened["session_id"], opened["visitor_name"], opened["agents"]) == ("s1", "Ada", [{"name": "Zoë"}])
    assert (opened["length_ms"], opened["is_whole"], opened["is_live"]) == (8000, True, False)
    _, frames, _ = await show(site, "frames", token)
    assert frames.encode() == struct.pack("<II", 0, 5) + b"first" + struct.pack("<II", 8000, 4) + b"last"
    _, sheet, answer = await site.send("GET", f"{opened['assets']}{SHEET.replace(':', '%3A').replace('/', '%2F')}")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert f"{opened['assets']}https%3A%2F%2Fshop.example%2Fb.png" in sheet
    site.clock.advance(3600)
    for door in ("recording", "frames"):
        status, told, _ = await show(site, door, token)
        assert (status, told["error"]) == (410, "link_gone")
    status, _, _ = await site.send("GET", f"{opened['assets']}{SHEET.replace(':', '%3A').replace('/', '%2F')}")
    assert status == 404


async def test_r20_a_token_opens_its_own_door_and_recording_alone(site: Site) -> None:
    token = await replay(site, await recorded(site))
    _, told, _ = await show(site, "recording", token)
    of_assets = told["recording"]["assets"].split("/")[2]
    assert of_assets != token
    other = await replay(site, await recorded(site, "s2", "BBBB3333"))
    words = token.split(".")
    forged = ".".join([*words[:2], "s2", *words[3:]])
    for wrong in (of_assets, forged, "", "x", token[:-1], "é.1.2.3.4", f"{token}.x"):
        status, told, _ = await show(site, "frames", wrong)
        assert (status, told["error"]) == (401, "invalid_token"), wrong
    address = f"/assets/{token}/{SHEET.replace(':', '%3A').replace('/', '%2F')}"
    assert (await site.send("GET", address))[0] == 404
    assert (await show(site, "frames", other))[0] == 200


async def test_r20_a_deleted_recording_is_gone_and_deleting_it_again_is_fine(site: Site) -> None:
    path = await recorded(site)
    token = await replay(site, path)
    for _ in range(2):
        assert (await site.ask("DELETE", path))[0] == 200
    assert (await site.ask("GET", path))[0] == 404
    assert (await show(site, "frames", token))[0] == 404
    _, told, _ = await site.ask("GET", path.removesuffix("/recording"))
    assert told["session"]["recording"] is None
    assert await site.live.recordings.measure(owner_name(site.team.id, "AAAA2222"), "s1") is None


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_r20_sessions_of_others_and_sessions_that_run_have_none(site: Site, method: str) -> None:
    await recorded(site)
    other = await site.other_team_key()
    status, told, _ = await site.send(method, "/v1.4/sessions/s1/recording", headers={"X-Api-Key": other})
    assert (status, told["error"]) == (404, "not_found")
    _, told, _ = await site.ask("POST", f"/v1.4/visitors/{site.visitor('CCCC4444')}/watch_url", json=AGENT)
    status, told, _ = await site.ask(method, f"/v1.4/sessions/{told['session_id']}/recording")
    assert (status, told["error"]) == (404, "not_found")
    assert "still going on" in told["message"]


async def test_r2_a_recording_needs_the_scope_that_watching_needs(site: Site) -> None:
    path = await recorded(site)
    reader = await site.key_with("read")
    assert (await site.send("GET", path, headers={"X-Api-Key": reader}))[0] == 403
    starter = await site.key_with("sessions")
    assert (await site.send("GET", path, headers={"X-Api-Key": starter}))[0] == 200
    assert (await site.send("DELETE", path, headers={"X-Api-Key": starter}))[0] == 403


async def test_r20_a_team_that_wants_it_records_its_next_sessions(site: Site) -> None:
    status, _, _ = await site.ask("PATCH", "/v1.4/settings", json={"settings": {"recordSessions": True}})
    assert status == 200
    await site.watch_url()
    session_id = site.live.session_id_of(site.team.id, "AAAA2222")
    assert session_id is not None
    session = await site.store.session(site.team.id, session_id)
    assert session is not None
    assert session.is_recorded


async def test_r13_erasing_a_visitor_erases_their_recordings(site: Site) -> None:
    await recorded(site)
    assert (await site.ask("DELETE", "/v1.4/visitors/AAAA2222"))[0] == 200
    assert await site.live.recordings.measure(owner_name(site.team.id, "AAAA2222"), "s1") is None
