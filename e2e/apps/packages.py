"""The applications' packages, installed once for every checkout: into a cache, by what their locks say."""

from __future__ import annotations

import fcntl
import hashlib
import inspect
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
NPM = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def python_packages() -> Path:
    """An environment with what requirements.lock names; gives its Python."""
    lock = HERE / "requirements.lock"

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _quietly([*pip, "--require-hashes", "-r", str(lock)], folder)

    return _once("python", [sys.version.encode(), lock.read_bytes()], install) / "bin/python"


def node_packages() -> Path:
    """A folder whose node_modules holds what package-lock.json names."""
    names = ("package.json", "package-lock.json", ".npmrc")
    texts = [(HERE / name).read_bytes() for name in names]

    def install(folder: Path) -> None:
        for name, text in zip(names, texts, strict=True):
            (folder / name).write_bytes(text)
        _quietly(NPM, folder)

    return _once("node", texts, install)


def prepared(name: str, prepare: Callable[[Path, str], None]) -> Path:
    """A folder of what `prepare` makes with the packages' Python, once: a migrated database, a built site."""
    python = str(python_packages())
    source = Path(inspect.getfile(prepare)).read_bytes()
    lock = (HERE / "requirements.lock").read_bytes()
    return _once(name, [sys.version.encode(), lock, source], lambda folder: prepare(folder, python))


def node() -> str:
    """Node.js itself: what comes first in PATH may only start it, and then ends without it."""
    return subprocess.run(["node", "-p", "process.execPath"], capture_output=True, text=True, check=True).stdout.strip()


def _quietly(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _once(name: str, parts: list[bytes], install: Callable[[Path], None]) -> Path:
    """The folder that `install` fills, unless it has done so before for the same parts."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "twinpane-e2e"
    folder = cache / f"{name}-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs at once install once
        if not (folder / ".ready").exists():
            for left in folder.iterdir():  # by a run that was cut off
                if left.is_dir():
                    shutil.rmtree(left)
                elif left.name != ".lock":
                    left.unlink()
            install(folder)
            (folder / ".ready").touch()
    return folder
