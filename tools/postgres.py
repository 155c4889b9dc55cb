"""A PostgreSQL for tests: in a folder of its own, on a Unix socket, quick and forgetful.

`python tools/postgres.py` sees that it is installed: by apt where root. Nothing is asked of a server that runs already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

_DEBIAN = "/usr/lib/postgresql"
# Whoever loses power in a test run starts the tests again.
_FORGETFUL = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
_USER = "twinpane"
_MISSING = "PostgreSQL is not installed (apt-get install postgresql)"


@dataclass(frozen=True)
class Postgres:
    """A server in a folder, which is its socket's too."""

    folder: Path
    programs: Path
    user: str | None
    """Who runs it: it cannot be root."""

    def url(self, database: str) -> str:
        """As an operator writes it."""
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    async def create(self, database: str) -> str:
        """Make an empty database; its URL."""
        await self.say("postgres", f"CREATE DATABASE {database}")
        return self.url(database)

    async def say(self, database: str, statements: str) -> None:
        """Have statements executed."""
        connection = await asyncpg.connect(self.url(database))
        try:
            await connection.execute(statements)
        finally:
            await connection.close()

    def start(self) -> None:
        """Start it; ready when this returns."""
        options = f"-k {self.folder} -c listen_addresses= {_FORGETFUL}"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a crash does."""
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def run(self, program: str, *words: str) -> None:
        """Run one of its programs in its folder."""
        command = [str(self.programs / program), *words]
        with (self.folder / "said").open("w+") as said:  # Not a pipe: the server keeps it open.
            done = subprocess.run(command, user=self.user, cwd=self.folder, stdout=said, stderr=said, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {(self.folder / 'said').read_text()}")


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None if they are not installed. Debian keeps them off the PATH."""
    folders = sorted(Path(_DEBIAN).glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    found = [*folders, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server and stop it. Raises RuntimeError if it is not installed."""
    found = programs()
    if found is None:
        raise RuntimeError(_MISSING)
    user = _other_user() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="twinpane-pg-"))
    server = Postgres(folder, found, user)
    try:
        if user:
            shutil.chown(folder, user)
        server.run("initdb", "-D", "data", "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def why_not() -> str | None:
    """Why tests with PostgreSQL are left out here; None if they are not. In CI they never are."""
    if programs() is not None or os.environ.get("CI"):
        return None
    return _MISSING


def _other_user() -> str:
    import pwd

    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def main() -> int:
    if programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing postgresql", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL)
    if programs() is None:
        print("PostgreSQL is not installed: its tests will be left out (with CI=1 they fail).", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
