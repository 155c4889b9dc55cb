"""What the proxy adds to a request that it passes untouched: against the same site asked directly.

    python bench/proxy/passthrough.py [--seconds 2]

Site, proxy and client are processes of their own on this machine; the figures are of one proxy process, one core.
Delays: medians of each round's p50, one request at a time; what is added: the best round's. Rates: 16 at once, by the
proxy's own CPU. Also: a long download and a long upload, with the most memory that the proxy took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import uvicorn
from aiohttp.abc import AbstractResolver

SIZES = {"/2kb": 2_000, "/100kb": 100_000, "/1mb": 1_000_000}
PIECE = bytes(256 * 1024)
REST_KEY = "bench-rest-key-0123456789"
ROUNDS = 5
AT_ONCE = 16
Row = dict[str, float]


async def site_app(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
    """A site that costs next to nothing: bytes of a size, a long answer, a sink."""
    path = scope["path"]
    if path == "/sink":
        count, more = 0, True
        while more:
            message = await receive()
            count += len(message.get("body", b""))
            more = message.get("more_body", False)
        body = str(count).encode()
    else:
        body = bytes(SIZES.get(path, 0))
    long = int(path.removeprefix("/long/")) if path.startswith("/long/") else 0
    length = long or len(body)
    headers = [(b"content-type", b"application/octet-stream"), (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(long // len(PIECE)):
        await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    await send({"type": "http.response.body", "body": body})


def serve_site() -> None:
    """Run the site; prints its port."""

    class Server(uvicorn.Server):
        async def startup(self, sockets=None) -> None:  # type: ignore[no-untyped-def]
            await super().startup(sockets)
            print(self.servers[0].sockets[0].getsockname()[1], flush=True)

    Server(uvicorn.Config(site_app, port=0, lifespan="off", log_config=None, access_log=False)).run()


class ToHere(AbstractResolver):
    """All names are this machine."""

    async def resolve(self, host, port=0, family=0):  # type: ignore[no-untyped-def]
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": 2, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        """Nothing to close."""


async def measure(http: aiohttp.ClientSession, url: str, at_once: int, seconds: float) -> tuple[float, float]:
    """Median milliseconds a request, and requests a second."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def ask() -> None:
        while (start := time.perf_counter()) < end:
            async with http.get(url) as response:
                await response.read()
                assert response.status == 200, response
            took.append(time.perf_counter() - start)

    begun = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(at_once)))
    return statistics.median(took) * 1000, len(took) / (time.perf_counter() - begun)


def cpu_s(pid: int) -> float:
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    """The most memory that a process has had."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def measure_all(direct: str, proxied: str, pid: int, cookie: str, seconds: float) -> dict[str, Row]:
    """Measure all sizes, in turn direct and proxied."""
    headers = {"Cookie": cookie, "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
    connector = aiohttp.TCPConnector(resolver=ToHere(), limit=0)
    rows: dict[str, Row] = {}
    async with aiohttp.ClientSession(connector=connector, headers=headers, auto_decompress=False) as http:
        for path in SIZES:
            alone = [
                [(await measure(http, url + path, 1, seconds))[0] for url in (direct, proxied)] for _ in range(ROUNDS)
            ]
            before, begun = cpu_s(pid), time.perf_counter()
            _, rate = await measure(http, proxied + path, AT_ONCE, seconds)
            share = (cpu_s(pid) - before) / (time.perf_counter() - begun)
            rows[path.removeprefix("/")] = {
                "direct_ms": statistics.median(each[0] for each in alone),
                "proxied_ms": statistics.median(each[1] for each in alone),
                "added_ms": min(each[1] - each[0] for each in alone),
                "requests_per_core_s": rate / share,
            }
        rows["long"] = await long_bodies(http, proxied, pid)
    return rows


async def long_bodies(http: aiohttp.ClientSession, proxied: str, pid: int) -> Row:
    """1 GB down and 100 MB up; the proxy's memory must not follow."""
    before_mb = peak_mb(pid)
    begun, count = time.perf_counter(), 0
    async with http.get(f"{proxied}/long/{1 << 30}") as response:
        async for chunk in response.content.iter_any():
            count += len(chunk)
    down_s = time.perf_counter() - begun

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(400):
            yield PIECE

    begun = time.perf_counter()
    async with http.post(f"{proxied}/sink", data=pieces()) as response:
        taken = int(await response.read())
    up_s = time.perf_counter() - begun
    assert (count, taken) == (1 << 30, 400 * len(PIECE))
    return {"down_s": down_s, "up_s": up_s, "peak_before_mb": before_mb, "peak_mb": peak_mb(pid)}


def run(seconds: float) -> dict[str, Row]:
    """Start site and proxy, measure, stop them."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "TWINPANE_FETCH_ALLOW": "127.0.0.0/8",
            "TWINPANE_REST_KEY": REST_KEY,
            "TWINPANE_LOG_LEVEL": "error",
        }
        site = subprocess.Popen([sys.executable, __file__, "--site"], stdout=subprocess.PIPE, text=True)
        twinpane = str(Path(sys.executable).with_name("twinpane"))
        serve = [twinpane, "serve", "--port", "0", "--data", folder]
        proxy = subprocess.Popen(serve, cwd=folder, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
        try:
            assert site.stdout
            assert proxy.stdout
            direct = f"http://127.0.0.1:{site.stdout.readline().strip()}"
            link = start_session(proxy.stdout.readline().split()[1], f"{direct}/")
            origin, cookie = asyncio.run(open_link(link))
            return asyncio.run(measure_all(direct, origin, proxy.pid, cookie, seconds))
        finally:
            for process in (proxy, site):
                process.terminate()
                process.wait()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--site", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.site:
        serve_site()
        return
    for name, row in run(chosen.seconds).items():
        print(f"{name}: " + ", ".join(f"{key} {value:.2f}" for key, value in row.items()))


def start_session(api: str, url: str) -> str:
    """The start link of a proxy session."""
    headers = {"X-Api-Key": REST_KEY, "Content-Type": "application/json"}
    body = json.dumps({"initial_url": url}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{api}/v1.4/proxy_sessions", body, headers)) as answer:
        return str(json.load(answer)["url"])


async def open_link(link: str) -> tuple[str, str]:
    """Use a start link; proxied origin and cookie."""
    parts = urlsplit(link)
    headers = {"Sec-Fetch-Dest": "document"}
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=ToHere())) as http,
        http.get(link, allow_redirects=False, headers=headers) as response,
    ):
        line = response.headers.getall("Set-Cookie")[0]
    return f"{parts.scheme}://{parts.netloc}", line.partition(";")[0]


if __name__ == "__main__":
    main()
