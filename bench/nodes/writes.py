"""What a visitor written to PostgreSQL costs this server and the database, by CPU time: who is new, who comes again."""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from twinpane.ports.records import VisitorChange
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore

from bench.directory.people import visitors
from tools.postgres import Postgres, running

_TICKS = os.sysconf("SC_CLK_TCK")
_AT_ONCE = 500


def database_cpu_s(server: Postgres) -> float:
    """CPU seconds of the database and those of its processes that live."""
    postmaster = (server.folder / "data/postmaster.pid").read_text().split()[0]
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words[1] == postmaster or path.parent.name == postmaster:
            total += int(words[11]) + int(words[12])
    return total / _TICKS


async def write(store: SqlStore, changes: Iterable[VisitorChange]) -> int:
    """Tell the store, and wait for each five hundred."""
    count = 0
    for count, change in enumerate(changes, 1):
        store.record_visitor(change)
        if count % _AT_ONCE == 0:
            await store.flush()
    await store.flush()
    return count


async def measure(server: Postgres, count: int) -> list[dict[str, Any]]:
    """Both kinds, in turn."""
    store = SqlStore(postgres_url(await server.create("bench")))
    await store.open()
    await store.add_team("Bench", "BenchKey01")
    people = list(visitors(count))
    turned = [
        replace(each, set={"last_url": f"https://www.shop.example/turned/{number}", "last_title": "Turned"})
        for number, each in enumerate(people)
    ]
    found = []
    for kind, changes in (("new", people), ("again", turned)):
        ours, theirs, began = time.process_time(), database_cpu_s(server), time.perf_counter()
        written = await write(store, changes)
        found.append(
            {
                "kind": kind,
                "a_second": written / (time.perf_counter() - began),
                "server_us": (time.process_time() - ours) / written * 1e6,
                "database_us": (database_cpu_s(server) - theirs) / written * 1e6,
            }
        )
    await store.close()
    return found


def main() -> None:
    """Measure and print the table's rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=10_000)
    given = parser.parse_args()
    with running() as server:
        for each in asyncio.run(measure(server, given.visitors)):
            cells = (each["kind"], *(f"{each[name]:,.0f}" for name in ("a_second", "server_us", "database_us")))
            print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
