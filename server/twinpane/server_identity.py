"""Who this server is: its secret, and its name among other nodes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from twinpane.bus.nats import NatsBus, nats_servers
from twinpane.ports.nodes import Among
from twinpane.settings import Settings
from twinpane.store.sql import SqlStore


def among_of(settings: Settings, store: SqlStore) -> Among | None:
    """What makes this server one node of many; None without `nats_url`."""
    if settings.nats_url is None or settings.node_address is None:
        return None
    node_id = _made_once(settings.data / "node", lambda: secrets.token_urlsafe(12).encode()).decode()
    bus = NatsBus(nats_servers(settings.nats_url.get_secret_value()))
    return Among(store=store, bus=bus, node_id=node_id, address=settings.node_address)


def server_secret(settings: Settings) -> bytes:
    """The secret under which visitors' short IDs are proven: as set, else made at the first start."""
    if settings.server_secret is not None:
        written = settings.server_secret.get_secret_value()
        return bytes.fromhex(written[4:]) if written.startswith("hex:") else written.encode()
    return _made_once(settings.data / "secret", lambda: secrets.token_bytes(32))


def _made_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """What is in a file of ours, which is made if there is none, readable by us alone."""
    with suppress(FileExistsError):
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "wb") as file:
            file.write(make())
    return path.read_bytes()
