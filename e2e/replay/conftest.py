"""The replay page's bundle, as it is built for people."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from e2e.flow import ROOT


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    command = ["node", "tools/build.mjs", "--only", "replay", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder
