"""Make `.venv` from a lock file and install the package into it. Usage: setup_env.py LOCKFILE."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"


def main() -> None:
    """Create the environment if need be and install exactly what the lock file names."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever lacks it should read why
        sys.exit(f"Python 3.11 or newer is needed, not {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    if not (VENV / "bin/python").exists():
        venv.create(VENV, with_pip=True)
    pip = [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print(f"Installing {sys.argv[1]} into .venv", flush=True)
    subprocess.run([*pip, "--require-hashes", "-r", sys.argv[1]], cwd=ROOT, check=True)
    subprocess.run([*pip, "--require-hashes", "-r", "requirements-build.lock"], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", "."], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
