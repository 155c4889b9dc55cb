"""`twinpane backup`, `restore`, `migrate` and `check`: the data folder and the installation."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from twinpane.cli_settings import AsJson, Data, settings_of
from twinpane.errors import ProblemError
from twinpane.main import store_of
from twinpane.self_test import check_installation, versions_of
from twinpane.settings import Settings
from twinpane.store.backup import BackupError, Progress, back_up
from twinpane.store.backup import restore as put_back

_STEPS = 1000


def backup(
    file: Annotated[Path | None, typer.Argument(help="The tar file to make; else one named for the time.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Copy the data folder to one file, also while the server runs: the database as it is at one moment.

    A database in PostgreSQL is not in it: use `pg_dump`, as docs/postgresql.md says.

    The file holds visitors' data and the server's secret: keep it where nobody else can read it. Who is erased later
    is still in it: keep copies no longer than you may.
    """
    archive = file or Path(f"twinpane-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar")
    with _progress("Copying") as tell, _words():
        back_up(_folder_of_all(settings_of(data)), archive, tell)
    size = archive.stat().st_size
    _say(as_json, {"file": str(archive), "bytes": size}, f"{archive}: {size / 1e6:,.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `twinpane backup` made.", exists=True, dir_okay=False)],
    data: Data = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the database that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a copy back into the data folder. Stop the server first.

    A copy that is not whole changes nothing. Exits with 1 if the folder has a database and --force is not given.
    """
    with _progress("Restoring") as tell, _words():
        folder = _folder_of_all(settings_of(data))
        put_back(file, folder, force=force, tell=tell)
    _say(as_json, {"data": str(folder)}, f"{folder} is restored.")


def migrate(
    show: Annotated[bool, typer.Option("--show", help="Only show; exit with 1 if there is something to do.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Bring the database's schema up to date, as every start does, and show what it was and is to be."""
    settings = settings_of(data)
    with _words():
        before, needed = asyncio.run(versions_of(settings))
        if not show and before != needed:
            asyncio.run(_migrated(settings))
        current, _ = asyncio.run(versions_of(settings))
    done = "up to date" if current == needed else "to be migrated"
    _say(as_json, {"before": before, "current": current, "target": needed}, f"{before or 'none'} → {needed}: {done}")
    raise typer.Exit(0 if current == needed else 1)


def check(data: Data = None, as_json: AsJson = False) -> None:
    """Look whether this installation can serve; exit with 1 if something is wrong. Changes nothing."""
    with _words():
        found = asyncio.run(check_installation(settings_of(data)))
    told = [{"ok": each.is_fine, "words": each.words} for each in found]
    lines = [f"{'ok  ' if each.is_fine else 'BAD '} {each.words}" for each in found]
    _say(as_json, told, "\n".join(lines))
    raise typer.Exit(0 if all(each.is_fine for each in found) else 1)


def _folder_of_all(settings: Settings) -> Path:
    """The data folder, if everything is in it."""
    if settings.database_url is not None:
        raise BackupError(
            "The database is PostgreSQL's: copy it with pg_dump, put it back with pg_restore, and copy the folder "
            f"{settings.data} besides. See docs/postgresql.md."
        )
    return settings.data


async def _migrated(settings: Settings) -> None:
    store = store_of(settings)
    await store.connect()
    await store.close()


def _say(as_json: bool, told: object, words: str) -> None:
    typer.echo(json.dumps(told) if as_json else words)


@contextmanager
def _words() -> Iterator[None]:
    """Say what went wrong and exit with 1."""
    try:
        yield
    except BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except ProblemError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from error


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A bar on the terminal; nothing is shown elsewhere, nor mixed with what is printed."""
    with typer.progressbar(length=_STEPS, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        shown = 0

        def tell(done: float) -> None:
            nonlocal shown
            step = int(done * _STEPS) - shown
            if step > 0:
                bar.update(step)
                shown += step

        yield tell
