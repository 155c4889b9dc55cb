"""How fast visitors are found among a million, at rest and while others are written.

One database file of 1,000,000 visitors of one team (9,000 online; 30,000 last names, five mail domains, 2 % tagged
`vip`), asked through the store that the server uses, one search at a time, each for a page of 50: `id:` and short IDs
of visitors chosen by chance; words, parts and prefixes of names as people type them. A lookup code is a look-up in
memory and one of a short ID. Then the same searches while batches of changed and of new visitors are written.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from twinpane.access.search import parse_search
from twinpane.ports.records import VisitorChange
from twinpane.store.sql import SqlStore

from bench.directory.people import NOW, names, short_id

PAGE = 50
Kinds = dict[str, Callable[[random.Random], str]]


def kinds(count: int) -> Kinds:
    """What is typed, by kind."""
    firsts, lasts = names()
    pages = ["checkout", "shoes", "orders", "payment"]
    return {
        "`id:`": lambda chance: f"id:user-{chance.randrange(count)}",
        "short ID": lambda chance: short_id(chance.randrange(count)),
        "everyone": lambda _: "",
        "online": lambda _: "online",
        "two letters": lambda chance: chance.choice(lasts)[:2],
        "prefix of a name": lambda chance: chance.choice(lasts)[:4],
        "middle of a name": lambda chance: chance.choice(lasts)[1:5],
        "first and last name": lambda chance: f"{chance.choice(firsts)} {chance.choice(lasts)}",
        "name and page": lambda chance: f"{chance.choice(firsts)} {chance.choice(pages)}",
        "word of every visitor": lambda _: "shop.example",
        "word of nobody": lambda chance: chance.choice(lasts) + "x",
        "e-mail address": lambda chance: f"{chance.choice(firsts)}.{chance.choice(lasts)}7@gmail.com",
        "tag": lambda chance: f"#segment-{chance.randrange(200)}",
        "tag + online": lambda chance: f"#segment-{chance.randrange(200)} online",
        "tag + online + prefix": lambda chance: f"#vip online {chance.choice(lasts)[:3]}",
    }


async def time_searches(store: SqlStore, typed: list[str]) -> list[float]:
    """Milliseconds of each search, shortest first."""
    took: list[float] = []
    for text in typed:
        at = time.perf_counter()
        await store.search_visitors(1, parse_search(text), PAGE, None)
        took.append((time.perf_counter() - at) * 1000)
    return sorted(took)


async def at_rest(store: SqlStore, count: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of searches by kind."""
    chance = random.Random(1)
    return {
        name: await time_searches(store, [make(chance) for _ in range(rounds)]) for name, make in kinds(count).items()
    }


async def write(store: SqlStore, count: int, seconds: float, is_new: bool) -> float:
    """Write new visitors for a while, or known ones who come again, 500 at once. Returns how many a second."""
    chance = random.Random(2)
    written, began = 0, time.perf_counter()
    while (took_s := time.perf_counter() - began) < seconds:
        for _ in range(500):
            number = count + written if is_new else chance.randrange(count)
            columns = {"is_online": True, "last_url": f"https://www.shop.example/cart?item={number}"}
            if is_new:
                columns |= {"identities": [f"New Visitor{number}"], "unique_id": f"new-{number}"}
            at = NOW + timedelta(milliseconds=written)
            store.record_visitor(VisitorChange(team_id=1, short_id=short_id(number), at=at, set=columns))
            written += 1
        await store.flush()
    return written / took_s


async def while_written(store: SqlStore, count: int, seconds: float, is_new: bool) -> tuple[float, list[float]]:
    """Changes a second, and milliseconds of searches of all kinds meanwhile."""
    chance = random.Random(3)
    makes = list(kinds(count).values())
    writing = asyncio.create_task(write(store, count, seconds, is_new))
    took: list[float] = []
    while not writing.done():
        took += await time_searches(store, [chance.choice(makes)(chance)])
    return await writing, sorted(took)


def percentile(sorted_ms: list[float], part: float) -> float:
    """The value below which that part lies."""
    return sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * part))]


async def run(path: Path, count: int, rounds: int, seconds: float) -> list[list[str]]:
    """Rows of the table, each of a kind, p50 and p99."""
    store = SqlStore.in_file(path)
    await store.connect()
    rows = []
    for name, took in (await at_rest(store, count, rounds)).items():
        rows.append([name, f"{percentile(took, 0.5):.1f}", f"{percentile(took, 0.99):.1f}"])
        print(" | ".join(rows[-1]), flush=True)
    for is_new, words in ((True, "new visitors"), (False, "visitors who come again")):
        rate, took = await while_written(store, count, seconds, is_new)
        name = f"all kinds, while {rate:,.0f} {words} a second are written"
        rows.append([name, f"{percentile(took, 0.5):.1f}", f"{percentile(took, 0.99):.1f}"])
        print(" | ".join(rows[-1]), flush=True)
    await store.close()
    return rows


def main() -> None:
    """Measure a file that bench.directory.fill made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--visitors", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    asyncio.run(run(given.path, given.visitors, given.rounds, given.seconds))


if __name__ == "__main__":
    main()
