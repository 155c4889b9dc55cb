"""`twinpane proxy`, as operators run it beside a server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from twinpane.cli import app

TWINPANE = str(Path(sys.executable).with_name("twinpane"))


def proxy(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["proxy", *arguments], env=environment)


def test_p1_a_start_link_is_printed_and_its_key_does_not_stay(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    command = [TWINPANE, "serve", "--port", "0", "--data", data]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TWINPANE_")}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[1]
            told = proxy("start", "https://www.example.com/a", "--server", address, "--data", data)
            assert re.fullmatch(
                r"http://[a-z2-7]{12}-s-www-example-com\.px\.localhost:\d+/__tp/start\?t=\S{43}&to=/a\n", told.stdout
            ), told
            refused = proxy("start", "http://127.0.0.1/", "--server", address, "--data", data)
            assert refused.exit_code == 1
            assert "initial_url" in refused.stderr
        finally:
            server.terminate()
    keys = CliRunner().invoke(app, ["keys", "list", "--data", data]).stdout
    assert "twinpane proxy start" in keys
    assert "\tproxy\trevoked " in keys
    nobody = proxy("start", "https://www.example.com/", "--server", "http://127.0.0.1:1025", "--data", data)
    assert nobody.exit_code == 1
    assert "does not answer" in nobody.stderr


def test_a_domain_is_checked_before_visitors_come(tmp_path: Path) -> None:
    fine = proxy("check", "--data", str(tmp_path))
    assert fine.exit_code == 0, fine.stdout
    bad = proxy("check", "--data", str(tmp_path), TWINPANE_PROXY_DOMAIN="px.example.net")
    assert bad.exit_code == 1
    assert "BAD  Plain http" in bad.stdout
