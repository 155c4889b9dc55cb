"""CPU microseconds of the server per relayed frame: Twinpane beside the stock Starlette relay, same load, same run.

`scattered`: many sessions with one frame in flight each: each frame is a wake-up of its own (the realistic worst case).
`burst`: few sessions with many frames in flight, so that a read brings several.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import aiohttp

from bench.relay.peers import Agent, Peer, RawPeer, Visitor, connect, granted
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, starlette, twinpane

PAYLOAD_BYTES = 200
LOADS = {"scattered": (256, 1), "burst": (8, 64)}
SECONDS = 6.0


class Flow:
    """Keeps a number of frames in flight in one session and counts what arrives."""

    def __init__(self, in_flight: int) -> None:
        self.in_flight, self.delivered = in_flight, 0
        self.send: Callable[[], None] = lambda: None

    def start(self) -> None:
        for _ in range(self.in_flight):
            self.send()

    def arrived(self) -> None:
        self.delivered += 1
        self.send()


async def twinpane_session(url: str, http: aiohttp.ClientSession, number: int, flow: Flow) -> list[Peer]:
    """Bring one session live through the real REST flow."""
    host = url.removeprefix("http://")
    visitor = await connect(url, lambda: Visitor(host, PUBLIC_KEY, number))
    short_id = (await visitor.welcomed)["visitor"]["short_id"]
    grant = await granted(http, url, short_id)
    payload = b"x" * PAYLOAD_BYTES
    agent = await connect(url, lambda: Agent(host, grant, flow.arrived))
    await agent.welcomed
    await visitor.capturing.wait()
    flow.send = lambda: visitor.send_facts(payload)
    return [visitor, agent]


async def stock_session(url: str, number: int, flow: Flow) -> list[Peer]:
    """Connect both sides of the stock relay."""
    host, payload = url.removeprefix("http://"), b"x" * (PAYLOAD_BYTES + 12)
    visitor = await connect(url, lambda: RawPeer(f"/r/{number}/v", host, lambda: None))
    agent = await connect(url, lambda: RawPeer(f"/r/{number}/a", host, flow.arrived))
    flow.send = lambda: visitor.send_bytes(payload)
    return [visitor, agent]


async def measure(server: Measured, kind: str, stock: bool) -> dict[str, float]:
    """Run one load; returns CPU microseconds a delivered frame and frames a second."""
    sessions, in_flight = LOADS[kind]
    flows = [Flow(in_flight) for _ in range(sessions)]
    async with aiohttp.ClientSession(headers={"X-Api-Key": REST_KEY}) as http:
        for number, flow in enumerate(flows):
            await (
                stock_session(server.url, number, flow) if stock else twinpane_session(server.url, http, number, flow)
            )
        for flow in flows:
            flow.start()
        await asyncio.sleep(1)
        cpu, count = server.cpu_s(), sum(flow.delivered for flow in flows)
        await asyncio.sleep(SECONDS)
        frames = sum(flow.delivered for flow in flows) - count
        return {"cpu_us_per_frame": (server.cpu_s() - cpu) / frames * 1e6, "frames_per_s": frames / SECONDS}


def run(rounds: int = 3) -> dict[str, dict[str, dict[str, float]]]:
    """Interleave both servers; keep each cell's round with the least CPU a frame."""
    best: dict[str, dict[str, dict[str, float]]] = {kind: {} for kind in LOADS}
    for _ in range(rounds):
        for kind in LOADS:
            for name, start in (("twinpane", twinpane), ("starlette on uvicorn", starlette)):
                with start() as server:
                    got = asyncio.run(measure(server, kind, stock=start is starlette))
                kept = best[kind].get(name)
                if kept is None or got["cpu_us_per_frame"] < kept["cpu_us_per_frame"]:
                    best[kind][name] = got
    return best
