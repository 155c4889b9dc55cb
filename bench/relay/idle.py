"""What idle visitors cost: memory and CPU of the server, and whether `list` finds them."""

from __future__ import annotations

import asyncio
import time

import aiohttp

from bench.relay.peers import Visitor, connect
from bench.server_process import PUBLIC_KEY, REST_KEY, Measured, twinpane

CONNECTING_AT_ONCE = 50
IDLE_S = 30.0


async def measure(server: Measured, count: int) -> dict[str, float]:
    """Connect visitors, let them idle, look some of them up."""
    host = server.url.removeprefix("http://")
    gate = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def join(number: int) -> Visitor:
        async with gate:
            visitor: Visitor = await connect(server.url, lambda: Visitor(host, PUBLIC_KEY, number))
            await visitor.welcomed
            return visitor

    await join(count)
    memory_kb, cpu_s, began = server.memory_kb(), server.cpu_s(), time.perf_counter()
    visitors = await asyncio.gather(*(join(number) for number in range(count)))
    connect_s, connect_cpu_s = time.perf_counter() - began, server.cpu_s() - cpu_s
    async with aiohttp.ClientSession(headers={"X-Api-Key": REST_KEY}) as http:
        found, look_ms = 0, []
        for number in range(0, count, max(1, count // 100)):
            at = time.perf_counter()
            async with http.get(f"{server.url}/v1.4/list", params={"search": f"id:bench-{number}"}) as answer:
                hits = (await answer.json())["visitors"]
            look_ms.append((time.perf_counter() - at) * 1000)
            found += bool(hits and hits[0]["is_online"])
        async with http.get(f"{server.url}/v1.4/usage") as answer:
            online = (await answer.json())["usage"]["visitors"]["online_now"]
    cpu_s = server.cpu_s()
    await asyncio.sleep(IDLE_S)
    still = sum(not visitor.transport.is_closing() for visitor in visitors)
    return {
        "visitors": count,
        "connects_per_s": count / connect_s,
        "connect_cpu_us": connect_cpu_s / count * 1e6,
        "kb_per_connection": (server.memory_kb() - memory_kb) / count,
        "idle_cpu_percent": (server.cpu_s() - cpu_s) / IDLE_S * 100,
        "still_connected": still,
        "online_by_usage": online,
        "found_by_list": found / len(look_ms),
        "list_ms_median": sorted(look_ms)[len(look_ms) // 2],
    }


def run(count: int = 5000) -> dict[str, float]:
    """Measure with a fresh server."""
    with twinpane() as server:
        return asyncio.run(measure(server, count))
