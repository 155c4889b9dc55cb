"""What one hop between nodes adds (N3): the same frames to agents at home and at another node, at once."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

import aiohttp

from bench.relay.peers import Agent, Visitor, connect, granted
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, running
from e2e.flow import free_port
from tools import nats_server, postgres

PAYLOAD = b"x" * 200
FRAMES_A_SECOND = 20
SETTLE_S = 1.0


class Course:
    """One session: when its frame was sent, and how long each took."""

    def __init__(self) -> None:
        self.sent = 0.0
        self.took: list[float] = []

    def arrived(self) -> None:
        self.took.append(perf_counter() - self.sent)


@contextmanager
def node(folder: Path, shared: dict[str, str]) -> Iterator[Measured]:
    """Run one of the servers."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "twinpane"), "serve", "--port", str(port), "--data", str(folder)]
    with running(command, {**shared, "TWINPANE_NODE_ADDRESS": f"http://127.0.0.1:{port}"}) as measured:
        yield measured


async def play(course: Course, visitor: Visitor, seconds: float, wait_s: float) -> None:
    """Send frames at an even pace, one in flight."""
    await asyncio.sleep(wait_s)
    for _ in range(int(seconds * FRAMES_A_SECOND)):
        course.sent = perf_counter()
        visitor.send_facts(PAYLOAD)
        await asyncio.sleep(1 / FRAMES_A_SECOND)


async def measure(home: Measured, other: Measured, sessions: int, seconds: float) -> dict[str, list[float] | float]:
    """Half of the agents at each node; delays in seconds, and the other node's CPU seconds a frame."""
    courses = [Course() for _ in range(sessions)]
    host = home.url.removeprefix("http://")
    visitors: list[Visitor] = []
    async with aiohttp.ClientSession(headers={"X-Api-Key": REST_KEY}) as http:
        for number in range(sessions):
            visitors.append(await connect(home.url, partial(Visitor, host, PUBLIC_KEY, number)))
        names = [(await visitor.welcomed)["visitor"]["short_id"] for visitor in visitors]
        await asyncio.sleep(SETTLE_S)  # who is at home where is written within 0.2 s
        for number, (visitor, short_id) in enumerate(zip(visitors, names, strict=True)):
            grant = await granted(http, home.url, short_id)
            at, course = (home, other)[number % 2], courses[number]
            agent = await connect(at.url, partial(Agent, at.url[7:], grant, course.arrived))
            await agent.welcomed
            await visitor.capturing.wait()
        before = other.cpu_s()
        spread = (play(each, visitors[i], seconds, i / sessions / FRAMES_A_SECOND) for i, each in enumerate(courses))
        await asyncio.gather(*spread)
        await asyncio.sleep(SETTLE_S)
        spent = other.cpu_s() - before
    direct, carried = ([took for each in courses[arm::2] for took in each.took] for arm in (0, 1))
    return {"direct": sorted(direct), "carried": sorted(carried), "cpu_s": spent / len(carried)}


def main() -> None:
    """Measure and print the table's rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=15)
    given = parser.parse_args()
    with postgres.running() as database, nats_server.running() as broker, tempfile.TemporaryDirectory() as folder:
        shared = {
            "TWINPANE_DATABASE_URL": database.url("postgres"),
            "TWINPANE_NATS_URL": broker.url,
            "TWINPANE_SERVER_SECRET": "a secret of all nodes, of some length",
            "TWINPANE_PUBLIC_KEY": PUBLIC_KEY,
            "TWINPANE_REST_KEY": REST_KEY,
            "TWINPANE_LOG_LEVEL": "warning",
        }
        with node(Path(folder, "a"), shared) as home, node(Path(folder, "b"), shared) as other:
            found = asyncio.run(measure(home, other, given.sessions, given.seconds))
    for arm in ("direct", "carried"):
        took = found[arm]
        assert isinstance(took, list)
        p50, p99 = (took[int(len(took) * part)] * 1e3 for part in (0.5, 0.99))
        print(f"| {arm} | {len(took):,} | {p50:.2f} | {p99:.2f} |")
    assert isinstance(found["cpu_s"], float)
    print(f"the carrying node's CPU: {found['cpu_s'] * 1e6:.0f} µs a frame")


if __name__ == "__main__":
    main()
