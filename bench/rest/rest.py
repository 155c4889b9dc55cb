"""What a request costs, beside a bare endpoint on the same table.

Both servers run side by side on the first core and read one file of 20,000 visitors; 8 connections ask one server, then
the other, in turn, `GET visitors/:id` of visitors chosen by chance and `GET list` for 50. Ours checks the key and its
rate, logs and counts each request, and tells what is live and the visitor's sessions. The bare one is FastAPI's own way
with SQLAlchemy and aiosqlite: no key, no rate, no log, the row as it is (`bench/rest/bare.py`). The ratio is of CPU
time: the bare one's to ours.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.directory import fill
from bench.directory.people import short_id
from bench.server_process import LOAD_CORE, PUBLIC_KEY, REST_KEY, Measured, running

VISITORS = 20_000
CONNECTIONS = 8
WORKS = ("visitors/:id", "list")
Costs = dict[str, dict[str, dict[str, float]]]


async def _ask(server: Measured, prefix: str, work: str, until_s: float, chance: random.Random) -> int:
    """Ask over one connection until then; how many were answered."""
    host, port = server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    count = 0
    while time.perf_counter() < until_s:
        path = "list" if work == "list" else f"visitors/{short_id(chance.randrange(VISITORS))}"
        head = f"GET {prefix}/{path} HTTP/1.1\r\nHost: {host}\r\nX-Api-Key: {REST_KEY}\r\n\r\n"
        writer.write(head.encode())
        told = await reader.readuntil(b"\r\n\r\n")
        length = int(told.lower().partition(b"content-length:")[2].split()[0])
        body = await reader.readexactly(length)
        if not told.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(body.decode())
        count += 1
    assert json.loads(body)["status"] == "ok"
    writer.close()
    return count


async def measure(server: Measured, prefix: str, work: str, seconds: float) -> dict[str, float]:
    """Requests a second, and microseconds of CPU for each."""
    cpu_s, began = server.cpu_s(), time.perf_counter()
    asking = [_ask(server, prefix, work, began + seconds, random.Random(each)) for each in range(CONNECTIONS)]
    count = sum(await asyncio.gather(*asking))
    return {
        "requests_per_s": count / (time.perf_counter() - began),
        "cpu_us": (server.cpu_s() - cpu_s) / count * 1e6,
    }


def run(rounds: int = 5, seconds: float = 2) -> Costs:
    """Medians by work and server."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "twinpane.db"
        asyncio.run(fill.fill(path, PUBLIC_KEY, VISITORS))
        settings = {
            "TWINPANE_PUBLIC_KEY": PUBLIC_KEY,
            "TWINPANE_REST_KEY": REST_KEY,
            "TWINPANE_MAX_REST_REQUESTS_PER_S": "1000000",
            "TWINPANE_RETENTION_DAYS": "0",
        }
        ours = [str(Path(sys.executable).parent / "twinpane"), "serve", "--port", "0", "--data", folder]
        bare = [sys.executable, str(Path(__file__).parent / "bare.py"), str(path)]
        with running(ours, settings) as twinpane, running(bare) as other:
            return asyncio.run(_in_turn(twinpane, other, rounds, seconds))


async def _in_turn(twinpane: Measured, other: Measured, rounds: int, seconds: float) -> Costs:
    os.sched_setaffinity(0, {LOAD_CORE})
    arms = {"twinpane": (twinpane, "/v1.4"), "bare FastAPI": (other, "")}
    costs: Costs = {}
    for work in WORKS:
        got: dict[str, list[dict[str, float]]] = {name: [] for name in arms}
        for number in range(rounds + 1):
            for name, (server, prefix) in arms.items():
                cost = await measure(server, prefix, work, seconds)
                if number:  # The first round warms up.
                    got[name].append(cost)
        costs[work] = {name: {key: median(each[key] for each in rows) for key in rows[0]} for name, rows in got.items()}
    return costs


def rows(costs: Costs) -> list[list[str]]:
    """Rows of the table: work, requests a second and CPU of both, how much of the bare one's speed ours has."""
    told = []
    for work, cells in costs.items():
        ours, bare = cells["twinpane"], cells["bare FastAPI"]
        figures = [f"{ours['requests_per_s']:,.0f}", f"{bare['requests_per_s']:,.0f}"]
        figures += [f"{ours['cpu_us']:,.0f}", f"{bare['cpu_us']:,.0f}", f"{bare['cpu_us'] / ours['cpu_us']:.2f}"]
        told.append([f"`GET {work}`", *figures])
    return told


HEAD = ["request", "Twinpane, a second", "bare, a second", "Twinpane, µs CPU", "bare, µs CPU", "ratio"]


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for row in [HEAD, *rows(run(given.rounds))]:
        print(" | ".join(row))


if __name__ == "__main__":
    main()
