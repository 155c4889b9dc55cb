"""Look at an installation: can it serve with what it has? Changes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from twinpane.actions.read_audit import verify_audit
from twinpane.bus.nats import NatsBus, nats_servers
from twinpane.errors import UnavailableError
from twinpane.geo.mmdb import GeoFile
from twinpane.main import ASSETS, proxy_base, store_of
from twinpane.proxy_check import Finding, check_proxy
from twinpane.settings import Settings
from twinpane.store.backup import DATABASE, damage
from twinpane.store.database import Database, schema_versions
from twinpane.store.postgres import postgres_url
from twinpane.web.bundles import Bundles

_PARTS = ("loader.js", "core.js", "watch.js")
_FEW_FILES = 4096


async def check_installation(settings: Settings) -> list[Finding]:
    """Look at the data folder, the database, the audit, the browser parts, the system's limits and the proxy."""
    found = [*_folder(settings.data), *await _database(settings)]
    if await _is_made(settings, found):
        found.append(await _audit(settings))
    found += [*await _broker(settings), _parts(), *_files(), *_location(settings.geoip_file)]
    if settings.nats_url is not None:
        return [*found, Finding(True, "No proxy: it is for one server, and this is one node of many.")]
    base = proxy_base(settings, settings.port)
    if base is None:
        return [*found, Finding(True, "No proxy: public_url is set, proxy_domain is not.")]
    return found + check_proxy(base, settings.public_url)


def _folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield Finding(True, f"{data} is made by the first start.")
        return
    can = os.access(data, os.R_OK | os.W_OK | os.X_OK)
    yield Finding(
        can, f"{data} can be written." if can else f"{data} cannot be written by this user: change its owner."
    )
    secret = data / "secret"
    if secret.exists():
        private = sys.platform == "win32" or secret.stat().st_mode & 0o077 == 0
        words = "can be read by its owner only" if private else "can be read by others: chmod 600"
        yield Finding(private, f"{secret} {words}.")


async def versions_of(settings: Settings) -> tuple[str | None, str]:
    """The schema that the database has, None if it has none, and the one that this program needs.

    Changes nothing. Raises UnavailableError.
    """
    if settings.database_url is None:
        return schema_versions(settings.data / DATABASE)
    return await Database(postgres_url(settings.database_url.get_secret_value())).versions()


async def _is_made(settings: Settings, found: list[Finding]) -> bool:
    """Whether there is a sound database of ours to look into."""
    return all(each.is_fine for each in found) and (await versions_of(settings))[0] is not None


async def _database(settings: Settings) -> list[Finding]:
    if settings.database_url is None:
        return list(_file(settings.data / DATABASE))
    try:
        current, needed = await versions_of(settings)
    except UnavailableError as error:
        return [Finding(False, f"PostgreSQL (database_url): {error.message} {error.__cause__}")]
    connected = Finding(True, "PostgreSQL answers.")
    if current is None:
        return [connected, Finding(True, "Its tables are made by the first start.")]
    return [connected, _schema(current, needed)]


def _file(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(True, f"{path} is made by the first start.")
        return
    problem = damage(path)
    if problem is not None:
        yield Finding(False, f"{path} is damaged: {problem}. Stop the server and restore a copy: twinpane restore.")
        return
    yield Finding(True, f"{path} is whole.")
    yield _schema(*schema_versions(path))


def _schema(current: str | None, needed: str) -> Finding:
    if current == needed:
        return Finding(True, f"Its schema is up to date: {needed}.")
    return Finding(False, f"Its schema is {current or 'none'}, this program needs {needed}: run twinpane migrate.")


async def _audit(settings: Settings) -> Finding:
    store = store_of(settings)
    try:
        await store.connect()
        found = await verify_audit(store)
    except UnavailableError as error:
        return Finding(False, f"The audit cannot be read: {error.message}")
    finally:
        await store.close()
    if found.broken_at is None:
        return Finding(True, f"The audit is whole: {found.entries} entries.")
    return Finding(False, f"The audit was changed at entry {found.broken_at}: see twinpane audit list.")


async def _broker(settings: Settings) -> list[Finding]:
    if settings.nats_url is None:
        return []
    bus = NatsBus(nats_servers(settings.nats_url.get_secret_value()))
    try:
        await bus.open()
    except UnavailableError as error:
        return [Finding(False, f"NATS (nats_url): {error.message}")]
    await bus.close()
    return [Finding(True, "NATS answers.")]


def _parts() -> Finding:
    bundles = Bundles.read(ASSETS)
    missing = [name for name in _PARTS if bundles.entry(name) is None]
    if missing:
        return Finding(
            False, f"Browser parts are missing ({', '.join(missing)}): run make build, or install the wheel."
        )
    return Finding(True, "The browser parts are there.")


def _files() -> Iterator[Finding]:
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    enough = hard == resource.RLIM_INFINITY or hard >= _FEW_FILES
    words = f"{'Any number of' if hard == resource.RLIM_INFINITY else hard} files may be open, one a visitor online"
    yield Finding(enough, f"{words}." if enough else f"{words}: raise the hard limit (ulimit -Hn).")


def _location(file: Path | None) -> Iterator[Finding]:
    if file is None:
        return
    try:
        GeoFile(file).close()
    except ValueError as error:
        yield Finding(False, str(error))
    else:
        yield Finding(True, f"Visitors are located by {file}.")
