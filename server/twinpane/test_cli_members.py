"""`twinpane members`, as people run it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from twinpane.actions.members import Joining, join
from twinpane.actions.passwords import Passwords
from twinpane.cli import app
from twinpane.live.clock import RealClock
from twinpane.main import first_link_words, store_of
from twinpane.settings import Settings
from twinpane.web.bundles import Bundles
from twinpane.web.conftest import CHEAP


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data", str(folder)])


async def open_link(folder: Path, link: str, name: str, email: str | None = None) -> None:
    store = store_of(Settings(data=folder))
    await store.connect()
    joining = Joining(token=link.partition("#")[2], password="correct horse battery", name=name, email=email)
    await join(store, Passwords(CHEAP), joining, RealClock().now())
    await store.close()


async def words_at_start(folder: Path, entries: dict[str, str]) -> str:
    store = store_of(Settings(data=folder))
    await store.connect()
    [team] = await store.teams()
    told = await first_link_words(store, team, Bundles({}, entries), "http://localhost:8080")
    await store.close()
    return told


def test_members_are_invited_listed_given_roles_and_removed(tmp_path: Path) -> None:
    first = json.loads(run(tmp_path, "members", "invite", "--json").stdout)
    assert first["link"].startswith("http://127.0.0.1:8080/console/join#")
    asyncio.run(open_link(tmp_path, first["link"], "Zoë", "zoe@shop.example"))
    again = run(tmp_path, "members", "invite")
    assert (again.exit_code, again.stderr) == (1, "The team has members already: name an e-mail address.\n")
    link = run(tmp_path, "members", "invite", "Bo@shop.example", "--role", "read-only").stdout.strip()
    asyncio.run(open_link(tmp_path, link, "Bo\x1b[2J"))
    lines = run(tmp_path, "members", "list").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["zoe@shop.example", "owner"], ["bo@shop.example", "read-only"]]
    assert "\x1b" not in lines[1]
    renewed = json.loads(run(tmp_path, "members", "invite", "bo@shop.example", "--json").stdout)
    assert renewed["role"] == "read-only"
    assert run(tmp_path, "members", "role", "bo@shop.example", "admin").stdout == "bo@shop.example is admin now.\n"
    assert json.loads(run(tmp_path, "members", "list", "--json").stdout)[1]["role"] == "admin"
    assert run(tmp_path, "members", "remove", "zoe@shop.example").exit_code == 1
    assert run(tmp_path, "members", "remove", "bo@shop.example").exit_code == 0
    assert run(tmp_path, "members", "role", "bo@shop.example", "agent").exit_code == 1
    assert run(tmp_path, "members", "invite", "al@shop.example", "--role", "king").exit_code == 1
    deeds = json.loads(run(tmp_path, "audit", "list", "--json").stdout)
    assert "remove bo@shop.example" in str(deeds)


def test_the_first_start_prints_a_link_only_where_there_is_a_console(tmp_path: Path) -> None:
    run(tmp_path, "keys", "list")
    assert asyncio.run(words_at_start(tmp_path, {})) == ""
