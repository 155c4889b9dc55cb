"""How fast visitors are found among a million, at rest and while others are written.

One database file of 1,000,000 visitors of one team (9,000 online; 30,000 last names, five mail domains, 2 % tagged
`vip`), asked through the store that the server uses, one search at a time, each for a page of 50: `id:` and short IDs
of visitors chosen by chance; words, parts and prefixes of names as people type them. A lookup code is a look-up in
memory and one of a short ID. Then the same searches while new visitors and known ones are written: a hundred a second,
and as fast as it goes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from twinpane.access.search import parse_search
from twinpane.ports.records import VisitorChange
from twinpane.store.sql import SqlStore

from bench.directory.people import NOW, names, short_id

PAGE = 50
COMING = 100
"""Visitors who come or go on in a second."""
Make = Callable[[random.Random], str]
Kinds = dict[str, Make]


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


def changes(numbers: Iterable[int], is_new: bool) -> Iterator[VisitorChange]:
    """Visitors by number who come for the first time, or again and look at something else."""
    for written, number in enumerate(numbers):
        columns: dict[str, Any] = {"is_online": True, "last_url": f"https://www.shop.example/cart?item={number}"}
        if is_new:
            columns |= {"identities": [f"New Visitor{number}"], "unique_id": f"new-{number}"}
        at = NOW + timedelta(milliseconds=written)
        yield VisitorChange(team_id=1, short_id=short_id(number), at=at, set=columns)


async def write(store: SqlStore, people: Iterator[VisitorChange], seconds: float) -> float:
    """Write for a while, as fast as it goes, 500 at once. Returns how many a second."""
    written, began = 0, time.perf_counter()
    while (took_s := time.perf_counter() - began) < seconds:
        for change in islice(people, 500):
            store.record_visitor(change)
            written += 1
        await store.flush()
    return written / took_s


async def write_as_people_come(store: SqlStore, people: Iterator[VisitorChange], seconds: float) -> float:
    """As `write`, a hundred a second in batches that the store makes: what ten thousand people online may do."""
    written, began = 0, time.perf_counter()
    while (took_s := time.perf_counter() - began) < seconds:
        for change in islice(people, COMING // 10):
            store.record_visitor(change)
            written += 1
        await asyncio.sleep(0.1)
    return written / took_s


async def while_written(writing: asyncio.Task[float], store: SqlStore, makes: list[Make]) -> tuple[float, list[float]]:
    """Changes a second, and milliseconds of searches of these kinds meanwhile."""
    chance = random.Random(3)
    took: list[float] = []
    while not writing.done():
        took += await time_searches(store, [chance.choice(makes)(chance)])
    return await writing, sorted(took)


async def beside_writing(store: SqlStore, count: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of searches for one visitor, and of all others, while visitors are written in several ways."""
    made = kinds(count)
    ones = [made.pop("`id:`"), made.pop("short ID")]
    chance = random.Random(2)
    people = {
        "new visitors": changes(itertools.count(count), True),
        "visitors who come again": changes(iter(lambda: chance.randrange(count), None), False),
    }
    found = {}
    for way in (write_as_people_come, write):
        for who, each in people.items():
            for makes, what in ((ones, "one visitor"), (list(made.values()), "all else")):
                rate, took = await while_written(asyncio.create_task(way(store, each, seconds)), store, makes)
                found[f"{what}, while {rate:,.0f} {who} a second are written"] = took
    return found


def percentile(sorted_ms: list[float], part: float) -> float:
    """The value below which that part lies."""
    return sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * part))]


async def run(path: Path, count: int, rounds: int, seconds: float) -> list[list[str]]:
    """Rows of the table, each of a kind, p50 and p99."""
    store = SqlStore.in_file(path)
    await store.connect()
    rows = []
    for measure in (at_rest(store, count, rounds), beside_writing(store, count, seconds)):
        for name, took in (await measure).items():
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
