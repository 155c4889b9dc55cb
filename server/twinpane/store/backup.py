"""Copies of a data folder: made while the server runs, put back while it does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from typing import Final

DATABASE: Final = "twinpane.db"
_LIVE: Final = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
"""The database's own files: they are never copied as they are."""
_STAGED: Final = ".restoring"
_PAGES: Final = 2000
"""Of the database, copied between two looks at the progress; writers may write between."""

Progress = Callable[[float], None]
"""Is told which part of the work is done, 0 to 1."""


class BackupError(Exception):
    """What is asked cannot be done; says what to do."""


def back_up(data: Path, archive: Path, tell: Progress) -> None:
    """Copy a data folder to a new tar file that its owner alone can read; the database as it is at one moment.

    The server may run. Raises BackupError if there is no database or the file is there already.
    """
    if not (data / DATABASE).is_file():
        raise BackupError(f"There is no database in {data}. Name the server's data folder with --data.")
    if archive.exists():
        raise BackupError(f"{archive} exists. Name another file, or remove it first.")
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".backup-") as folder:
        part = Path(folder, "part.tar")
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600))
        copy = Path(folder, DATABASE)
        _copy_database(data / DATABASE, copy, lambda done: tell(done * 0.7))
        _write(part, copy, data, archive, lambda done: tell(0.7 + done * 0.3))
        # A link fails if somebody made the file meanwhile; a rename would replace it.
        os.link(part, archive)


def restore(archive: Path, data: Path, *, force: bool, tell: Progress) -> None:
    """Put a copy back into a data folder; the server must not run. Other files in the folder stay.

    Raises BackupError if the folder has a database and `force` is not set, or if the file is not a whole copy: then
    nothing is changed.
    """
    if (data / DATABASE).exists() and not force:
        raise BackupError(f"{data} has a database already. Stop the server and add --force to replace it.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = data / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        _unpack(archive, staged, tell)
        if problem := damage(staged / DATABASE):
            raise BackupError(f"The database in {archive} is damaged: {problem}")
        for name in _LIVE:
            (data / name).unlink(missing_ok=True)
        for path in staged.iterdir():
            _put(path, data / path.name)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{archive} cannot be restored: {error}") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def damage(path: Path) -> str | None:
    """What is wrong with a database file, by SQLite's quick check; None if nothing is."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return None if found == "ok" else str(found)


def _copy_database(source: Path, target: Path, tell: Progress) -> None:
    def progress(_status: int, remaining: int, total: int) -> None:
        tell(1 - remaining / max(total, 1))

    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        # In a transaction the copy is of one moment, and no writer makes it begin again.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(writing, pages=_PAGES, progress=progress)
        # One file, with nothing beside it.
        writing.execute("PRAGMA journal_mode = DELETE")


def _write(part: Path, database: Path, data: Path, archive: Path, tell: Progress) -> None:
    others = [path for path in sorted(data.rglob("*")) if path.is_file() and path.name not in _LIVE]
    with tarfile.open(part, "w") as tar:
        tar.add(database, DATABASE)
        for number, path in enumerate(others, 1):
            # Files of the cache may go while we copy, and a copy within the folder is not copied.
            if path.resolve() != archive.resolve() and not path.is_relative_to(part.parent):
                with suppress(FileNotFoundError):
                    tar.add(path, str(path.relative_to(data)), recursive=False)
            tell(number / len(others))
    tell(1)


def _unpack(archive: Path, staged: Path, tell: Progress) -> None:
    """Unpack plain files only, within the folder."""
    size = archive.stat().st_size
    with tarfile.open(archive) as tar:
        for member in tar:
            place = PurePosixPath(member.name)
            body = tar.extractfile(member) if member.isfile() else None
            if body is None or place.is_absolute() or ".." in place.parts:
                raise BackupError(f"{archive} is not a copy of a data folder: {member.name} does not belong in one.")
            target = staged / place
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(body, file)
            tell(min(1, member.offset_data / size))
    if not (staged / DATABASE).is_file():
        raise BackupError(f"{archive} is not a copy of a data folder: it has no {DATABASE}.")
    tell(1)


def _put(path: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    path.replace(target)
