"""What is special about the SQL store: it survives a crash, and can be used beside a running server."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from twinpane.ports.records import VisitorChange
from twinpane.store.sql import SqlStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CRASHING = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from twinpane.ports.records import SessionRecord, VisitorChange
from twinpane.store.sql import SqlStore

async def main():
    now = datetime(2026, 11, 22, tzinfo=UTC)
    store = SqlStore.in_file(Path(sys.argv[1]))
    await store.open()
    await store.add_team("Acme", "abcdef1234")
    store.record_visitor(VisitorChange(team_id=1, short_id="AAAA2222", at=now, set={"is_online": True}))
    await store.flush()
    await store.add_session(SessionRecord(id="s1", team_id=1, short_id="AAAA2222", started_at=now))
    await store.keep_sessions({"s1": {"epoch": 3}}, now)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_what_was_written_survives_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "twinpane.db"
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", CRASHING, str(path))
    assert await killed.wait() == -signal.SIGKILL
    store = SqlStore.in_file(path)
    await store.open()
    visitor = await store.visitor(1, "AAAA2222")
    assert visitor is not None
    assert not visitor.is_online
    [record] = await store.open_sessions()
    assert record.state == {"epoch": 3}
    await store.close()


async def test_connecting_beside_a_running_server_changes_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "twinpane.db"
    server, beside = SqlStore.in_file(path), SqlStore.in_file(path)
    await server.open()
    await server.add_team("Acme", "abcdef1234")
    server.record_visitor(VisitorChange(team_id=1, short_id="AAAA2222", at=NOW, set={"is_online": True}))
    await server.flush()
    await beside.connect()
    visitor = await beside.visitor(1, "AAAA2222")
    assert visitor is not None
    assert visitor.is_online
    await beside.add_rest_key(1, "shop", b"h" * 32, frozenset({"read"}), NOW)
    assert await server.rest_key_by_hash(b"h" * 32) is not None
    await beside.close()
    await server.close()
