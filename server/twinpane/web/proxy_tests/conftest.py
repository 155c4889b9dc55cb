"""A whole server with a proxy domain, sites on loopback, and a browser-like client."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import uvicorn
from aiohttp import web
from aiohttp.abc import AbstractResolver
from aiohttp.test_utils import TestServer
from twinpane.actions.browse import BrowseOptions, Desk
from twinpane.actions.create_key import FULL_SCOPES, create_key
from twinpane.actions.find_visitors import FindVisitors
from twinpane.actions.log_in import LogIns
from twinpane.actions.passwords import Passwords
from twinpane.blobs.memory import MemoryBlobs
from twinpane.blobs.recordings import MemoryRecordings
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting
from twinpane.fetch.guarded import GuardedFetch
from twinpane.fetch.posting import GuardedPost
from twinpane.fetch.upstream import GuardedUpstream
from twinpane.live.admission import Addresses
from twinpane.live.browsing import BrowsingLimits
from twinpane.live.clock import RealChance
from twinpane.live.deliveries import Deliveries
from twinpane.live.manual_clock import ManualClock
from twinpane.live.registry import Live
from twinpane.live.world import World
from twinpane.ports.records import Team
from twinpane.rewrite.address import ProxyBase, Site, encode_site
from twinpane.store.memory import MemoryStore
from twinpane.web.app import make_app
from twinpane.web.asset_door import asset_routes
from twinpane.web.bundles import Bundles
from twinpane.web.by_host import ByHost, make_http
from twinpane.web.conftest import CHEAP
from twinpane.web.context import Web
from twinpane.web.door import make_door
from twinpane.web.proxy_door import ProxyDoor
from yarl import URL

NAVIGATION = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
FETCH = {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class House:
    """The server, and one browser: it keeps cookies by hand and reaches proxied hosts at the server's port."""

    live: Live
    world: World
    clock: ManualClock
    desk: Desk
    team: Team
    secret: str
    port: int
    http: aiohttp.ClientSession
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def api_post(self, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
        headers = {"X-Api-Key": key or self.secret}
        async with self.http.post(f"{self.api}{path}", json=body, headers=headers) as response:
            return response.status, await response.json()

    async def start(self, url: str, **body: Any) -> str:
        """Start a proxy session; its start link."""
        status, told = await self.api_post("/v1.4/proxy_sessions", {"initial_url": url, **body})
        assert status == 200, told
        return str(told["url"])

    async def open(self, url: str, **body: Any) -> str:
        """Start a proxy session and be let in; the proxied origin of the site."""
        link = await self.start(url, **body)
        answer = await self.ask(link, headers=NAVIGATION)
        assert answer.status == 302, answer
        parts = urlsplit(link)
        return f"{parts.scheme}://{parts.netloc}"

    def proxied(self, origin: str, url: str) -> str:
        """The address of another site in the session of a proxied origin."""
        parts = urlsplit(url)
        site = Site(parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme])
        sid = urlsplit(origin).netloc[:12]
        browsing = self.live.browsings.get(sid)
        assert browsing is not None
        return encode_site(self.desk.base, sid, site, browsing.aliases)

    async def ask(self, url: str, **request: Any) -> Answer:
        """Send a request to a proxied host, with the browser's cookies unless told."""
        async with self.request(url, **request) as response:
            return Answer(response.status, response.headers, await response.read())

    @asynccontextmanager
    async def request(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        cookies: bool = True,
        data: Any = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send a request and read the answer as you like."""
        sent = {"Host": urlsplit(url).netloc, "Accept-Encoding": "identity"} | (
            headers if headers is not None else FETCH
        )
        if cookies and self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        target = URL(url, encoded=True)
        async with self.http.request(method, target, headers=sent, data=data, allow_redirects=False) as response:
            for line in response.headers.getall("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                if "max-age=0" in line.lower():
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
            yield response


class _ToHere(AbstractResolver):
    """All names of the proxy's domain are this machine, as `*.localhost` is to browsers."""

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[Any]:
        where = {"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        return [where]

    async def close(self) -> None:
        pass


OpenHouse = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def open_house(tmp_path: Path) -> OpenHouse:
    """Open a house; `allow` and `resolver` are the operator's, `limits` and `options` those of proxied requests."""
    return partial(_opening, tmp_path)


@asynccontextmanager
async def _opening(
    folder: Path,
    allow: tuple[str, ...] = ("127.0.0.0/8",),
    resolver: AbstractResolver | None = None,
    limits: BrowsingLimits | None = None,
    idle_s: float = 5.0,
    **options: Any,
) -> AsyncIterator[House]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    async with AsyncExitStack() as closing:
        world = await _world(closing, port, allow, resolver, idle_s)
        base, upstream = world.proxy_base, world.upstream
        assert base is not None
        assert upstream is not None
        live = Live(
            world,
            b"s" * 32,
            Addresses(public_url="http://localhost", core_url="/core.js", surface_url="/surface.js"),
            limits,
        )
        team = await world.store.add_team("Acme", "abcdef1234")
        _, secret = await create_key(world.store, world.chance, team.id, "all", FULL_SCOPES, world.clock.now())
        chosen = BrowseOptions(**({"shim": "shim-1.js", "worker": "worker-1.js"} | options))
        desk = Desk(browsings=live.browsings, upstream=upstream, clock=world.clock, base=base, options=chosen)
        await closing.enter_async_context(_served(live, world, desk, _bundles(folder), listening))
        closing.push_async_callback(live.drain)
        connector = aiohttp.TCPConnector(resolver=_ToHere(), limit=0)
        http = await closing.enter_async_context(
            aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)
        )
        assert isinstance(world.clock, ManualClock)
        yield House(live, world, world.clock, desk, team, secret, port, http)


async def _world(
    closing: AsyncExitStack, port: int, allow: tuple[str, ...], resolver: AbstractResolver | None, idle_s: float
) -> World:
    base = ProxyBase("http", "px.localhost", port)
    guard = Guard(allow, [base.host], port)
    connecting = Connecting(guard, resolver=resolver)
    fetch = await closing.enter_async_context(GuardedFetch(guard, connecting))
    upstream = GuardedUpstream(guard, connecting, connect_s=1.0, idle_s=idle_s)
    closing.push_async_callback(upstream.close)
    return World(
        store=MemoryStore(),
        fetch=fetch,
        blobs=MemoryBlobs(),
        recordings=MemoryRecordings(),
        clock=ManualClock(),
        chance=RealChance(),
        upstream=upstream,
        proxy_base=base,
    )


@pytest.fixture
def serve_site() -> Callable[..., AbstractAsyncContextManager[str]]:
    """Serve an upstream site from handlers by path; gives its origin."""

    @asynccontextmanager
    async def serving(handlers: dict[str, Any], host: str = "127.0.0.1", port: int | None = None) -> AsyncIterator[str]:
        app = web.Application(client_max_size=0)
        for path, handler in handlers.items():
            app.router.add_route("*", path, handler)
        async with TestServer(app, host=host, port=port) as server:
            yield f"http://{host}:{server.port}"

    return serving


def _bundles(folder: Path) -> Bundles:
    (folder / "manifest.json").write_text('{"shim.js": "shim-1.js", "worker.js": "worker-1.js"}')
    for name in ("shim-1.js", "worker-1.js"):
        (folder / name).write_text(f"/* {name} */")
    return Bundles.read(folder)


@asynccontextmanager
async def _served(
    live: Live, world: World, desk: Desk, bundles: Bundles, listening: socket.socket
) -> AsyncIterator[None]:
    rooms = Web(
        store=world.store,
        live=live,
        clock=world.clock,
        chance=world.chance,
        bundles=bundles,
        visitors=FindVisitors(world.store, live, world.clock),
        deliveries=Deliveries(world.store, GuardedPost(Guard()), world.clock, world.chance),
        log_ins=LogIns(world.store, world.clock, world.chance, Passwords(CHEAP)),
        proxy=desk,
    )
    app = ByHost(ProxyDoor(desk, bundles), make_app(rooms, asset_routes(live)), desk.base.host)
    door = make_door(live)
    http = make_http(door, desk.base.host)
    config = uvicorn.Config(
        app, ws=door, http=http, lifespan="off", log_config=None, access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup([listening])
    serving = asyncio.create_task(server.main_loop())
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        await server.shutdown([listening])
