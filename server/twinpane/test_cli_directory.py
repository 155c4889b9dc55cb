"""`twinpane visitors` and `twinpane sessions`, as people run them (R11, R12, R19)."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from twinpane.cli import app
from twinpane.main import store_of
from twinpane.ports.records import SessionRecord, VisitorChange
from twinpane.settings import Settings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data", str(folder)])


async def fill(folder: Path) -> None:
    store = store_of(Settings(data=folder))
    await store.connect()
    team = await store.add_team("Acme", "abcdef1234")
    for number, name in enumerate(("Zoë Grey", "Adam\x1b[2J")):
        change = {"identities": [name], "is_online": number == 0}
        at = NOW - timedelta(minutes=number)
        store.record_visitor(VisitorChange(team_id=team.id, short_id=f"AAAA222{number + 2}", at=at, set=change))
    await store.add_session(SessionRecord(id="s1", team_id=team.id, short_id="AAAA2222", started_at=NOW))
    await store.add_session(SessionRecord(id="s2", team_id=team.id, short_id="AAAA2223", started_at=NOW))
    await store.update_session("s2", ended_at=NOW, end_reason="timeout")
    await store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    asyncio.run(fill(tmp_path))
    return tmp_path


def test_r11_visitors_are_listed_and_searched_in_a_line_each(data: Path) -> None:
    lines = run(data, "visitors", "list").stdout.splitlines()
    assert lines[0].split("\t") == ["AAAA2222", "2026-11-22T12:00:00.000Z", "yes", "Zoë Grey", "-"]
    assert [line.split("\t")[0] for line in lines] == ["AAAA2222", "AAAA2223"]
    assert "\x1b" not in lines[1]
    found = json.loads(run(data, "visitors", "list", "zoe online", "--json").stdout)
    assert [(each["short_id"], each["sessions"][0]["id"]) for each in found] == [("AAAA2222", "s1")]
    assert run(data, "visitors", "list", "-n", "--json").exit_code == 2


def test_r12_one_visitor_is_shown_or_it_is_told_that_there_is_none(data: Path) -> None:
    told = json.loads(run(data, "visitors", "show", "AAAA2222").stdout)
    assert (told["identities"], told["watch_link"][-11:]) == (["Zoë Grey"], "/w/AAAA2222")
    assert "lookup_code" not in told
    none = run(data, "visitors", "show", "ZZZZ9999")
    assert (none.exit_code, "no visitor ZZZZ9999" in none.stderr) == (1, True)


def test_r19_sessions_are_listed_by_state_and_visitor_and_shown(data: Path) -> None:
    def ids(*words: str) -> list[str]:
        return [each["id"] for each in json.loads(run(data, "sessions", "list", "--json", *words).stdout)]

    assert sorted(ids()) == ["s1", "s2"]
    assert (ids("--active"), ids("--ended"), ids("--visitor", "AAAA2223")) == (["s1"], ["s2"], ["s2"])
    assert run(data, "sessions", "list", "--ended").stdout.split("\t")[-1] == "timeout\n"
    assert json.loads(run(data, "sessions", "show", "s2").stdout)["end_reason"] == "timeout"
    assert run(data, "sessions", "show", "s9").exit_code == 1


def test_r2_keys_are_told_as_json_and_a_revoked_one_says_so(data: Path) -> None:
    made = json.loads(run(data, "keys", "create", "--json").stdout)
    assert (made["public_key"], len(made["rest_key"]) > 20) == ("abcdef1234", True)
    assert json.loads(run(data, "keys", "revoke", "1", "--json").stdout) == {"revoked": 1}
    [key] = json.loads(run(data, "keys", "list", "--json").stdout)["keys"]
    assert key["revoked_at"] is not None
    assert made["rest_key"] not in json.dumps(key)
