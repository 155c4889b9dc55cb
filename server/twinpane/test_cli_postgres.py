"""`twinpane migrate`, `check`, `backup`, `restore` and `keys` with a database in PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.postgres import Postgres, running, why_not
from twinpane.test_cli_data import names, run

DOCS = Path(__file__).parents[2] / "docs/postgresql.md"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    if reason := why_not():
        pytest.skip(reason)
    with running() as server:
        yield server


def test_commands_work_on_postgresql_or_say_what_to_do(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINPANE_DATABASE_URL", asyncio.run(postgres.create("commands")))
    folder = tmp_path / "data"
    empty = run(folder, "check")
    assert (empty.exit_code, "Its tables are made by the first start." in empty.stdout) == (0, True)
    shown = run(folder, "migrate", "--show", "--json")
    target = json.loads(shown.stdout)["target"]
    assert (shown.exit_code, json.loads(shown.stdout)["current"]) == (1, None)
    assert run(folder, "migrate").stdout == f"none → {target}: up to date\n"
    assert run(folder, "keys", "create", "--name", "shop").exit_code == 0
    assert "shop" in run(folder, "keys", "list").stdout
    sound = run(folder, "check")
    assert (sound.exit_code, "The audit is whole: 1 entries." in sound.stdout) == (0, True)
    (tmp_path / "copy.tar").touch()
    for words in (("backup", str(tmp_path / "new.tar")), ("restore", str(tmp_path / "copy.tar"))):
        told = run(folder, *words)
        assert (told.exit_code, "pg_dump" in told.stderr, "pg_restore" in told.stderr) == (1, True, True)
    assert not (folder / "twinpane.db").exists()


def test_check_says_that_postgresql_does_not_answer_and_why(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINPANE_DATABASE_URL", postgres.url("nothing"))
    told = run(tmp_path / "data", "check")
    assert (told.exit_code, 'database "nothing" does not exist' in told.stdout) == (1, True)
    assert "The database does not answer." in run(tmp_path / "data", "keys", "list").stderr


def test_copy_made_as_the_documentation_says_puts_back_what_was_then(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = asyncio.run(postgres.create("copied"))
    monkeypatch.setenv("TWINPANE_DATABASE_URL", url)
    folder = tmp_path / "data"
    assert run(folder, "keys", "create", "--name", "first").exit_code == 0
    folder.mkdir(exist_ok=True)
    (folder / "secret").write_bytes(b"s" * 32)
    (folder / "secret").chmod(0o600)
    found = re.search(r"## Copies\n.*?```sh\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert found is not None
    *copying, restoring = found[1].splitlines()
    variables = {**os.environ, "URL": url, "PATH": f"{postgres.programs}:{os.environ['PATH']}"}
    for line in copying:
        subprocess.run(["sh", "-ec", line], cwd=tmp_path, env=variables, check=True)
    run(folder, "keys", "create", "--name", "second")
    assert names(folder) == ["first", "second"]
    subprocess.run(["sh", "-ec", restoring], cwd=tmp_path, env=variables, check=True)
    assert names(folder) == ["first"]
    assert "The audit is whole: 1 entries." in run(folder, "check").stdout
    assert (tmp_path / "twinpane-data.tar").is_file()
