"""`twinpane backup`, `restore`, `migrate` and `check`, as people run them."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from twinpane.cli import app


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data", str(folder)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert run(folder, "keys", "create", "--name", "first").exit_code == 0
    (folder / "secret").write_bytes(b"s" * 32)
    (folder / "secret").chmod(0o600)
    (folder / "assets").mkdir()
    (folder / "assets/picture").write_bytes(b"p")
    return folder


@pytest.fixture
def writer(data: Path) -> Iterator[sqlite3.Connection]:
    """A server that is in the midst of writing."""
    with closing(sqlite3.connect(data / "twinpane.db", isolation_level=None)) as connection:
        connection.execute("UPDATE rest_keys SET name = 'committed'")
        connection.execute("BEGIN")
        connection.execute("UPDATE rest_keys SET name = 'not committed'")
        yield connection


def names(folder: Path) -> list[str]:
    return [key["name"] for key in json.loads(run(folder, "keys", "list", "--json").stdout)["keys"]]


def test_backup_of_a_folder_that_is_being_written_is_what_was_committed(
    data: Path, writer: sqlite3.Connection, tmp_path: Path
) -> None:
    archive = tmp_path / "copy.tar"
    told = run(data, "backup", str(archive), "--json")
    assert (told.exit_code, json.loads(told.stdout)["bytes"]) == (0, archive.stat().st_size)
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as tar:
        assert sorted(tar.getnames()) == ["assets/picture", "secret", "twinpane.db"]
    other = tmp_path / "other"
    assert run(other, "restore", str(archive)).exit_code == 0
    assert names(other) == ["committed"]
    assert (other / "secret").read_bytes() == b"s" * 32
    assert (other / "secret").stat().st_mode & 0o077 == 0
    assert (other / "assets/picture").read_bytes() == b"p"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.tar", "data", "other"]


def test_backup_replaces_no_file_and_needs_a_database(data: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.tar").write_text("mine")
    told = run(data, "backup", str(tmp_path / "copy.tar"))
    assert (told.exit_code, "exists" in told.stderr) == (1, True)
    assert (tmp_path / "copy.tar").read_text() == "mine"
    assert run(tmp_path / "nothing", "backup", str(tmp_path / "new.tar")).exit_code == 1


def test_restore_replaces_a_database_only_if_forced(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "copy.tar"
    run(data, "backup", str(archive))
    run(data, "keys", "create", "--name", "second")
    told = run(data, "restore", str(archive))
    assert (told.exit_code, "--force" in told.stderr) == (1, True)
    assert names(data) == ["first", "second"]
    assert run(data, "restore", str(archive), "--force").exit_code == 0
    assert names(data) == ["first"]


def test_restore_of_a_copy_that_is_cut_off_or_foreign_changes_nothing(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "copy.tar"
    run(data, "backup", str(archive))
    cut, foreign, damaged = tmp_path / "cut.tar", tmp_path / "foreign.tar", tmp_path / "damaged.tar"
    cut.write_bytes(archive.read_bytes()[:40_000])
    with tarfile.open(foreign, "w") as tar:
        tar.add(archive, "../outside")
    (tmp_path / "twinpane.db").write_bytes(b"no database" * 1000)
    with tarfile.open(damaged, "w") as tar:
        tar.add(tmp_path / "twinpane.db", "twinpane.db")
    for bad in (cut, foreign, damaged):
        assert run(data, "restore", str(bad), "--force").exit_code == 1
        assert names(data) == ["first"]
    assert not (tmp_path / "outside").exists()
    assert sorted(path.name for path in data.iterdir() if "twinpane" not in path.name) == ["assets", "secret"]


def test_migrate_shows_what_is_and_what_is_to_be(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shown = run(folder, "migrate", "--show", "--json")
    told = json.loads(shown.stdout)
    assert (shown.exit_code, told["current"], (folder / "twinpane.db").exists()) == (1, None, False)
    done = run(folder, "migrate")
    assert (done.exit_code, done.stdout) == (0, f"none → {told['target']}: up to date\n")
    assert json.loads(run(folder, "migrate", "--show", "--json").stdout)["current"] == told["target"]


def test_check_finds_a_sound_installation_sound_and_names_what_is_not(data: Path) -> None:
    sound = run(data, "check", "--json")
    assert (sound.exit_code, [each for each in json.loads(sound.stdout) if not each["ok"]]) == (0, [])
    assert "The audit is whole: 1 entries." in sound.stdout
    (data / "secret").chmod(0o644)
    with closing(sqlite3.connect(data / "twinpane.db")) as connection, connection:
        connection.execute("UPDATE audit SET did = 'nothing'")
    bad = run(data, "check")
    assert (bad.exit_code, bad.stdout.count("BAD")) == (1, 1)
    assert "chmod 600" in bad.stdout
    (data / "secret").chmod(0o600)
    assert "BAD  The audit was changed at entry 1" in run(data, "check").stdout


def test_check_names_a_damaged_database_and_an_old_schema(data: Path) -> None:
    with closing(sqlite3.connect(data / "twinpane.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r0001'")
    told = run(data, "check")
    assert (told.exit_code, "run twinpane migrate" in told.stdout) == (1, True)
    for name in ("twinpane.db-wal", "twinpane.db-shm"):
        (data / name).unlink(missing_ok=True)
    (data / "twinpane.db").write_bytes(b"no database" * 1000)
    told = run(data, "check")
    assert (told.exit_code, "twinpane restore" in told.stdout) == (1, True)


def test_a_setting_that_is_wrong_is_named_and_ends_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINPANE_PORT", "none")
    for words in (("check",), ("keys", "list"), ("backup",)):
        told = run(tmp_path, *words)
        assert (told.exit_code, "Setting port" in told.stderr) == (2, True)
