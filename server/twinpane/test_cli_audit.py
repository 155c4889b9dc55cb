"""`twinpane audit` and `twinpane webhooks`, as people run them (R21, R22)."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from twinpane.cli import app


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data", str(folder)])


def test_r22_keys_made_and_revoked_are_in_the_audit_and_verify_finds_it_whole(tmp_path: Path) -> None:
    assert run(tmp_path, "keys", "create").exit_code == 0
    assert run(tmp_path, "keys", "revoke", "1").exit_code == 0
    listed = json.loads(run(tmp_path, "audit", "list", "--json").stdout)
    assert [(entry["did"], entry["who"]) for entry in listed] == [
        ("revoke key 1", "command line"),
        ("create key 1", "command line"),
    ]
    assert "create key 1" in run(tmp_path, "audit", "list").stdout
    told = run(tmp_path, "audit", "verify")
    assert (told.exit_code, "whole: 2 entries" in told.stdout) == (0, True)


def test_r22_verify_names_the_entry_that_was_changed(tmp_path: Path) -> None:
    for _ in range(3):
        run(tmp_path, "keys", "create")
    connection = sqlite3.connect(tmp_path / "twinpane.db")
    with connection:
        connection.execute("UPDATE audit SET did = 'create key 9' WHERE number = 2")
    connection.close()
    told = run(tmp_path, "audit", "verify")
    assert (told.exit_code, "entry 2" in told.stdout) == (1, True)
    assert json.loads(run(tmp_path, "audit", "verify", "--json").stdout)["broken_at"] == 2


@pytest.mark.parametrize(
    "words", [("webhooks", "list"), ("webhooks", "list", "--json"), ("webhooks", "replay", "wh_x")]
)
def test_r21_webhooks_are_listed_and_replayed_also_when_there_are_none(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = run(tmp_path, *words)
    assert (told.exit_code, told.stdout.strip()) in ((0, ""), (0, "[]"), (0, "0 deliveries are due."))
