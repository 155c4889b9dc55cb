"""`twinpane serve` and `twinpane keys`, as people run them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from twinpane.cli import app

TWINPANE = str(Path(sys.executable).with_name("twinpane"))
PUBLIC_KEY, REST_KEY = "abcdef1234", "preset-rest-key-0123456789"
PRESET = {"TWINPANE_PUBLIC_KEY": PUBLIC_KEY, "TWINPANE_REST_KEY": REST_KEY}
TIMEOUT_S = 60


def environment(more: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TWINPANE_")} | more


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port; gives its address and process, and stops it if it still runs."""
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(
            [TWINPANE, "serve", "--port", "0", "--data", str(folder / "data")],
            cwd=folder,
            env=environment(PRESET | more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    with process.stdout:
        try:
            ready = re.fullmatch(r"ready (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
            assert ready, (folder / "log").read_text()
            yield ready[1], process
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)


def ask(method: str, url: str, body: object = None, key: str | None = REST_KEY) -> tuple[int, str]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | ({"X-Api-Key": key} if key else {})
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def keys(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["keys", *arguments, "--data", str(folder / "data")])


def test_server_says_when_it_is_ready_and_stops_cleanly_when_told(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, process):
        assert ask("GET", f"{url}/healthz")[0] == ask("GET", f"{url}/readyz")[0] == 200
        assert ask("GET", f"{url}/v1.4/usage")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(TIMEOUT_S) == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_r2_keys_work_beside_a_running_server_until_revoked(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, _):
        made = keys(tmp_path, "create", "--name", "shop", "--scopes", "read")
        match = re.fullmatch(rf"public key: {PUBLIC_KEY}\nREST key:   (tp_\S{{43}})\n", made.stdout)
        assert match, made
        secret = match[1]
        assert ask("GET", f"{url}/v1.4/usage", key=secret)[0] == 200
        assert ask("DELETE", f"{url}/v1.4/visitors/X/session", key=secret)[0] == 403
        listed = keys(tmp_path, "list").stdout
        assert "2\tshop\tread\t" in listed
        assert secret not in listed
        assert keys(tmp_path, "revoke", "2").exit_code == 0
        assert ask("GET", f"{url}/v1.4/usage", key=secret)[0] == 401
        assert keys(tmp_path, "revoke", "2").exit_code == 1
        assert keys(tmp_path, "create", "--scopes", "write").exit_code == 1


def test_first_team_is_made_at_the_first_start_and_stays(tmp_path: Path) -> None:
    first = keys(tmp_path, "create").stdout.splitlines()[0]
    assert re.fullmatch(r"public key: [A-Za-z0-9]{10}", first)
    assert keys(tmp_path, "list").stdout.splitlines()[0] == first


def test_r15a_secrets_are_in_no_log_and_in_no_file(tmp_path: Path) -> None:
    with serving(tmp_path, TWINPANE_LOG_LEVEL="debug") as (url, _):
        made = keys(tmp_path, "create").stdout.split()[-1]
        for path in ("/watch/TOKEN-1-of-the-test", "/watch/TOKEN-1-of-the-test?TOKEN-2-of-the-test", "/watch/s/SEAT-1"):
            ask("GET", url + path)
        ask("GET", f"{url}/assets/TOKEN-3-of-the-test/https://a.example/x.png")
        ask("GET", f"{url}/v1.4/list?search=TOKEN-4-of-the-test")
        ask("GET", f"{url}/v1.4/list", key="TOKEN-5-of-the-test")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "log" in files
    assert any(path.name.startswith("twinpane.db") for path in files)
    for path in files:
        for secret in (b"of-the-test", REST_KEY.encode(), made.encode()):
            assert secret not in path.read_bytes(), path


def test_visitors_keep_their_proof_over_a_restart(tmp_path: Path) -> None:
    with serving(tmp_path):
        before = (tmp_path / "data/secret").read_bytes()
    with serving(tmp_path):
        assert (tmp_path / "data/secret").read_bytes() == before
    assert len(before) == 32
    assert (tmp_path / "data/secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TWINPANE_REST_KEY": "short"}, "Setting rest_key: "),
        ({"TWINPANE_PUBLIC_URL": "nowhere"}, "Setting public_url: must begin with http:// or https://"),
        ({"TWINPANE_HOST": "203.0.113.1"}, "Cannot listen at 203.0.113.1:0: "),
    ],
)
def test_wrong_setting_is_named_without_its_value(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    command = [TWINPANE, "serve", "--port", "0", "--data", str(tmp_path / "data")]
    told = subprocess.run(
        command, cwd=tmp_path, env=environment(settings), capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    assert told.returncode in (1, 2)
    assert told.stderr.startswith(words) or words in told.stderr
    assert "Traceback" not in told.stderr
    assert "short" not in told.stderr.replace("shorter", "")


def test_port_that_is_taken_is_told_in_words(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, _):
        port = url.rpartition(":")[2]
        other = [TWINPANE, "serve", "--port", port, "--data", str(tmp_path / "other")]
        told = subprocess.run(
            other, cwd=tmp_path, env=environment({}), capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    assert told.returncode == 1
    assert f"Cannot listen at 127.0.0.1:{port}: Address already in use." in told.stderr
