"""Check the direction of imports (pyproject: importlinter), tests left out: they put a room together with adapters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = [ROOT / "server/twinpane", ROOT / "protocol/twinpane_protocol"]
LEFT_OUT = shutil.ignore_patterns("test_*.py", "conftest.py", "__pycache__", "assets")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            shutil.copytree(package, Path(folder, package.name), ignore=LEFT_OUT)
        command = ["lint-imports", "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
        return subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": folder}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
