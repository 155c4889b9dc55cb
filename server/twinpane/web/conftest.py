"""The whole HTTP app over real rooms, served by uvicorn at a free port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import uvicorn
from argon2 import PasswordHasher
from starlette.routing import BaseRoute

from twinpane.actions.create_key import FULL_SCOPES, create_key
from twinpane.actions.find_visitors import FindVisitors
from twinpane.actions.log_in import LogIns
from twinpane.actions.passwords import Passwords
from twinpane.blobs.memory import MemoryBlobs
from twinpane.blobs.recordings import MemoryRecordings
from twinpane.fetch.addresses import Guard
from twinpane.fetch.guarded import GuardedFetch
from twinpane.fetch.posting import GuardedPost
from twinpane.live.admission import Addresses
from twinpane.live.clock import RealChance
from twinpane.live.deliveries import Deliveries
from twinpane.live.manual_clock import ManualClock
from twinpane.live.registry import Live
from twinpane.live.world import World
from twinpane.ports.records import Scope, Team, VisitorChange
from twinpane.ports.store import Store
from twinpane.store.memory import MemoryStore
from twinpane.web.app import make_app
from twinpane.web.asset_door import asset_routes
from twinpane.web.bundles import Bundles
from twinpane.web.context import Web, WebOptions

NAMES = "loader.js core.js surface.js watch.js watch.css seen.js team.js team.css replay.js".split()
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
BUILT = {name: name.replace(".", "-1.") for name in NAMES}
WORDS = {f"watch-words-{tag}.js": f"{tag}-3.js" for tag in ("de", "en")}
AGENT = {"agent": {"id": "7", "name": "Zoë"}}


@dataclass
class Site:
    """A running app, its rooms, and a team with a key."""

    url: str
    http: aiohttp.ClientSession
    store: Store
    live: Live
    clock: ManualClock
    team: Team
    secret: str
    deliveries: Deliveries
    log_ins: LogIns
    routes: list[BaseRoute]

    async def ask(
        self, method: str, path: str, *, key: str | None = None, **options: Any
    ) -> tuple[int, Any, aiohttp.ClientResponse]:
        """Send a REST request with the team's key; status, JSON (or text) and the response."""
        headers = {"X-Api-Key": self.secret if key is None else key} | options.pop("headers", {})
        return await self.send(method, path, headers=headers, **options)

    async def send(self, method: str, path: str, **options: Any) -> tuple[int, Any, aiohttp.ClientResponse]:
        """Send any request."""
        async with self.http.request(method, self.url + path, allow_redirects=False, **options) as response:
            is_json = response.content_type == "application/json" and method != "HEAD"
            return response.status, await response.json() if is_json else await response.text(), response

    async def key_with(self, *scopes: Scope) -> str:
        """Another key of the team."""
        _, secret = await create_key(
            self.store, RealChance(), self.team.id, "other", frozenset(scopes), self.clock.now()
        )
        return secret

    async def other_team_key(self) -> str:
        """A key of another team."""
        team = await self.store.add_team("Other", "zyxwvu9876")
        _, secret = await create_key(self.store, RealChance(), team.id, "other", FULL_SCOPES, self.clock.now())
        return secret

    def visitor(self, short_id: str = "AAAA2222", **columns: Any) -> str:
        """Note a visitor."""
        self.store.record_visitor(
            VisitorChange(team_id=self.team.id, short_id=short_id, at=self.clock.now(), set=columns)
        )
        return short_id

    async def watch_url(self, **body: Any) -> str:
        """Start a session with a visitor; the path of the watch URL."""
        short_id = self.visitor()
        status, told, _ = await self.ask("POST", f"/v1.4/visitors/{short_id}/watch_url", json=AGENT | body)
        assert status == 200, told
        return str(told["watch_url"]).removeprefix(self.url)


def _kept_in_memory() -> dict[str, Any]:
    return {"blobs": MemoryBlobs(), "recordings": MemoryRecordings()}


OpenSite = Callable[..., AbstractAsyncContextManager[Site]]
Change = Callable[[Web], Web]


@pytest.fixture
def open_site(tmp_path: Path) -> OpenSite:
    """Open a site; give it options, another store, or something that changes its rooms."""

    @asynccontextmanager
    async def opening(store: Store | None = None, change: Change = replace, **options: Any) -> AsyncIterator[Site]:
        async with AsyncExitStack() as closing:
            store = store or MemoryStore()
            await store.open()
            closing.push_async_callback(store.close)
            clock, chance = ManualClock(), RealChance()
            post = GuardedPost(Guard(["127.0.0.0/8"]))
            closing.push_async_callback(post.close)
            deliveries = Deliveries(store, post, clock, chance)
            await deliveries.start()
            closing.push_async_callback(deliveries.stop)
            fetch = await closing.enter_async_context(GuardedFetch())
            world = World(
                store=store, fetch=fetch, clock=clock, chance=chance, tell=deliveries.tell, **_kept_in_memory()
            )
            live = Live(
                world,
                b"s" * 32,
                Addresses(public_url="http://localhost", core_url="/sdk/core-1.js", surface_url="/sdk/surface-1.js"),
            )
            team = await store.team_by_public_key("abcdef1234") or await store.add_team("Acme", "abcdef1234")
            _, secret = await create_key(store, chance, team.id, "all", FULL_SCOPES, clock.now())
            web = Web(
                store=store,
                live=live,
                clock=clock,
                chance=chance,
                bundles=_bundles(tmp_path / "assets"),
                visitors=FindVisitors(store, live, clock),
                deliveries=deliveries,
                log_ins=LogIns(store, clock, chance, Passwords(CHEAP)),
                options=WebOptions(**options),
            )
            app = make_app(change(web), asset_routes(live))
            url = await closing.enter_async_context(_served(app))
            closing.push_async_callback(live.drain)
            http = await closing.enter_async_context(aiohttp.ClientSession())
            yield Site(url, http, store, live, clock, team, secret, deliveries, web.log_ins, app.app.routes)

    return opening


@pytest_asyncio.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    """A site with default options."""
    async with open_site() as opened:
        yield opened


def _bundles(folder: Path) -> Bundles:
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({**BUILT, "watch.js.chunks": "chunk-1.js chunk-2.js", **WORDS}))
    for name in (*BUILT.values(), *WORDS.values()):
        (folder / name).write_text(f"/* {name} */ " + "x" * 500)
    return Bundles.read(folder)


@asynccontextmanager
async def _served(app: Any) -> AsyncIterator[str]:
    # A test may keep the loop for longer than a connection is usually kept.
    config = uvicorn.Config(
        app, port=0, lifespan="off", log_config=None, access_log=False, ws="none", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    serving = asyncio.create_task(server.main_loop())
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        await server.shutdown()
