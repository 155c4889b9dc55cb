"""Fill a database with visitors: the rows and the index that the store would write, in larger transactions."""

from __future__ import annotations

import argparse
import asyncio
import time
from itertools import islice
from pathlib import Path

from sqlalchemy import insert, text
from twinpane.store import tables
from twinpane.store.changes import apply_change
from twinpane.store.database import Database
from twinpane.store.rows import visitor_row
from twinpane.store.visitor_index import put_in

from bench.directory.people import visitors

BATCH = 20_000


async def fill(path: Path, public_key: str, count: int) -> float:
    """Write that many visitors of team 1; returns how many a second."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.open()
    team = {"name": "Bench", "public_key": public_key, "allowed_domains": [], "settings": {}}
    async with database.writing() as connection:
        await connection.execute(insert(tables.teams).values(team))
    began = time.perf_counter()
    people = enumerate(visitors(count), 1)
    while batch := list(islice(people, BATCH)):
        rows = [visitor_row(apply_change(None, change)) | {"id": number} for number, change in batch]
        async with database.writing() as connection:
            await connection.execute(insert(tables.visitors), rows)
            await put_in(connection, rows)
    took_s = time.perf_counter() - began
    await database.rows(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    await database.close()
    return count / took_s


def main() -> None:
    """Fill from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--visitors", type=int, default=1_000_000)
    parser.add_argument("--public-key", default="BenchKey01")
    given = parser.parse_args()
    print(f"{asyncio.run(fill(given.path, given.public_key, given.visitors)):,.0f} visitors a second")


if __name__ == "__main__":
    main()
