"""Wire the rooms and serve."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
import uvicorn

from twinpane.actions.browse import BrowseOptions, Desk
from twinpane.actions.create_key import ensure_preset_key, ensure_team
from twinpane.actions.expire_visitors import Kept, Retention
from twinpane.actions.find_visitors import FindVisitors
from twinpane.actions.log_in import LogIns
from twinpane.actions.members import invite_first
from twinpane.blobs.folder import FolderBlobs
from twinpane.blobs.recordings import FolderRecordings
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting
from twinpane.fetch.guarded import GuardedFetch
from twinpane.fetch.posting import GuardedPost
from twinpane.fetch.upstream import GuardedUpstream
from twinpane.geo.mmdb import GeoFile
from twinpane.live.admission import Addresses
from twinpane.live.browsing import BrowsingLimits
from twinpane.live.clock import RealChance, RealClock
from twinpane.live.deliveries import Deliveries
from twinpane.live.registry import Live
from twinpane.live.world import World
from twinpane.logs import set_up_logs
from twinpane.ports.fetch import Upstream
from twinpane.ports.locate import NOWHERE, Location
from twinpane.ports.records import Team
from twinpane.ports.store import Store
from twinpane.provider import connecting_by, provider_log_ins
from twinpane.proxy_check import check_proxy
from twinpane.rewrite.address import DEFAULT_PORT, ProxyBase
from twinpane.server_identity import among_of, server_secret
from twinpane.session.gate import Judge, refusal_of
from twinpane.settings import Settings
from twinpane.store.postgres import postgres_url
from twinpane.store.sql import SqlStore
from twinpane.web.app import make_app
from twinpane.web.asset_door import asset_routes
from twinpane.web.asset_hop import AssetHop
from twinpane.web.bundles import Bundles
from twinpane.web.by_host import ByHost, make_http
from twinpane.web.console_page import ENTRY as CONSOLE_ENTRY
from twinpane.web.context import Web, WebOptions
from twinpane.web.door import DoorOptions, Socket, make_door
from twinpane.web.hop import NodeSocket
from twinpane.web.logo import read_logo
from twinpane.web.proxy_door import ProxyDoor

ASSETS = Path(__file__).parent / "assets"
TEAM_NAME = "My team"
_STOP_WITHIN_S = 5
_FEW_FILES = 65_536
Read = TypeVar("Read")

_log = structlog.get_logger(__name__)


def run(settings: Settings, judge: Judge = refusal_of) -> None:
    """Serve until SIGINT or SIGTERM. Prints `ready http://HOST:PORT` when it accepts connections.

    `judge` is the server's gate for wishes (X4); nothing but a test takes another one.
    """
    set_up_logs(settings.log_level, settings.log_format)
    _raise_open_files()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(serve(settings, judge))


async def serve(settings: Settings, judge: Judge = refusal_of) -> None:
    """Open the rooms, serve, close the rooms in the opposite order."""
    async with AsyncExitStack() as closing:
        listening = _listen(settings.host, settings.port)
        closing.callback(listening.close)
        address = _address_of(listening)
        store = store_of(settings)
        among = among_of(settings, store)
        await (store.open() if among is None else store.connect())
        closing.push_async_callback(store.close)
        team = await _add_first_team(store, settings)
        bundles = Bundles.read(ASSETS)
        if bundles.entry("loader.js") is None:
            _log.warning("browser_parts_missing", hint="make build")
        base = proxy_base(settings, listening.getsockname()[1])
        if base is not None:
            await _warn_of_domain(base, settings)
        guard, connecting = _guard(settings, base, listening.getsockname()[1])
        post = GuardedPost(guard, connecting)
        deliveries = await _start_deliveries(store, post, closing, is_shared=among is not None)
        world = _open_world(settings, store, base, (guard, connecting), deliveries, closing)
        live = await _open_live(settings, replace(world, judge=judge, among=among), bundles, address)
        await _start_retention(settings, store, live, closing)
        proxy = _proxy_desk(settings, live, world.upstream, bundles, base) if base and world.upstream else None
        web = _web(settings, store, live, deliveries, bundles, proxy)
        logo = _read(read_logo, settings.logo_file) if settings.logo_file else None
        web = replace(web, provider_log_ins=provider_log_ins(settings, web, closing), logo=logo)
        config = _configure(settings, web, closing)
        words = await first_link_words(store, team, bundles, settings.public_url or address)
        server = Server(config, f"ready {address}{words}", live.drain)
        await server.serve([listening])


async def _start_deliveries(store: Store, post: GuardedPost, closing: AsyncExitStack, *, is_shared: bool) -> Deliveries:
    closing.push_async_callback(post.close)
    deliveries = Deliveries(store, post, RealClock(), RealChance(), is_shared=is_shared)
    await deliveries.start()
    closing.push_async_callback(deliveries.stop)
    return deliveries


async def _start_retention(settings: Settings, store: Store, live: Live, closing: AsyncExitStack) -> None:
    if settings.retention_days > 0 or settings.recording_days > 0:
        kept = Kept(visitors=_days(settings.retention_days), recordings=_days(settings.recording_days))
        retention = Retention(store, live, RealClock(), kept)
        retention.start()
        closing.push_async_callback(retention.stop)


def _days(days: int) -> timedelta | None:
    return timedelta(days=days) if days > 0 else None


def _open_world(
    settings: Settings,
    store: Store,
    base: ProxyBase | None,
    guarded: tuple[Guard, Connecting],
    deliveries: Deliveries,
    closing: AsyncExitStack,
) -> World:
    fetch, upstream = GuardedFetch(*guarded), GuardedUpstream(*guarded)
    closing.push_async_callback(fetch.close)
    closing.push_async_callback(upstream.close)
    return World(
        store=store,
        fetch=fetch,
        blobs=FolderBlobs(settings.data / "assets", settings.max_cached_asset_bytes),
        recordings=FolderRecordings(settings.data.resolve() / "recordings"),
        clock=RealClock(),
        chance=RealChance(),
        upstream=upstream,
        proxy_base=base,
        tell=deliveries.tell,
        locate=_locating(settings, closing),
    )


def _locating(settings: Settings, closing: AsyncExitStack) -> Callable[[str | None], Location]:
    if settings.geoip_file is None:
        return lambda _: NOWHERE
    file = _read(GeoFile, settings.geoip_file)
    closing.callback(file.close)
    return file.locate


def _read(read: Callable[[Path], Read], path: Path) -> Read:
    try:
        return read(path)
    except ValueError as error:
        sys.exit(str(error))


async def _warn_of_domain(base: ProxyBase, settings: Settings) -> None:
    for finding in await asyncio.to_thread(check_proxy, base, settings.public_url):
        if not finding.is_fine:
            _log.warning("proxy_domain", problem=finding.words)


def store_of(settings: Settings) -> SqlStore:
    """The store: in the data folder, which is made if there is none, or in PostgreSQL."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.database_url is not None:
        return SqlStore(postgres_url(settings.database_url.get_secret_value()))
    return SqlStore.in_file(settings.data.resolve() / "twinpane.db")


async def first_link_words(store: Store, team: Team, bundles: Bundles, address: str) -> str:
    """What is printed while nobody has joined the team: how to. Nothing where there is no console to go to."""
    if bundles.entry(CONSOLE_ENTRY) is None:
        return ""
    invited = await invite_first(store, RealChance(), team, RealClock().now())
    if invited is None:
        return ""
    return f"\nOpen the team console, once and within a day, as its first owner: {invited.link(address)}"


async def _add_first_team(store: Store, settings: Settings) -> Team:
    team = await ensure_team(store, RealChance(), settings.public_key, TEAM_NAME)
    if settings.rest_key is not None:
        await ensure_preset_key(store, team, settings.rest_key.get_secret_value(), RealClock().now())
    return team


def proxy_base(settings: Settings, port: int) -> ProxyBase | None:
    """Where proxied sites live; None if the operator gave us a public address but no domain for them, or many nodes."""
    public = urlsplit(settings.public_url or "http://localhost")
    if settings.nats_url is not None:
        return None  # Proxy sessions are in the memory of one server.
    if settings.proxy_domain is None:
        is_local = public.scheme == "http" and public.hostname in ("localhost", "127.0.0.1", "::1")
        return ProxyBase("http", "px.localhost", public.port or port) if is_local else None
    scheme = public.scheme
    host, _, written_port = settings.proxy_domain.partition(":")
    return ProxyBase(scheme, host, int(written_port or DEFAULT_PORT[scheme]))


def _guard(settings: Settings, base: ProxyBase | None, port: int) -> tuple[Guard, Connecting]:
    """What is fetched: never ourselves, by whatever name or number."""
    public_host = urlsplit(settings.public_url or "").hostname
    own = [host for host in (public_host, base.host if base else None) if host not in (None, "localhost", "127.0.0.1")]
    guard = Guard(settings.fetch_allow, [host for host in own if host], port)
    return guard, connecting_by(settings, guard)


def _proxy_desk(settings: Settings, live: Live, upstream: Upstream, bundles: Bundles, base: ProxyBase) -> Desk:
    shim, worker = bundles.entry("shim.js"), bundles.entry("worker.js")
    options = BrowseOptions(
        frame_ancestors=settings.frame_ancestors,
        max_upload_bytes=settings.max_proxied_upload_bytes,
        max_response_bytes=settings.max_proxied_response_bytes,
        max_page_bytes=settings.max_proxied_page_bytes,
        shim=shim.name if shim else "shim.js",
        worker=worker.name if worker else "worker.js",
    )
    return Desk(browsings=live.browsings, upstream=upstream, clock=RealClock(), base=base, options=options)


async def _open_live(settings: Settings, world: World, bundles: Bundles, address: str) -> Live:
    # Without a public URL pages resolve the bundles against the address they had the loader from.
    sdk = f"{settings.public_url or ''}/sdk/"
    addresses = Addresses(
        public_url=settings.public_url or address,
        core_url=sdk + bundles.name("core.js"),
        surface_url=sdk + bundles.name("surface.js"),
    )
    limits = BrowsingLimits(
        requests_at_once=settings.max_proxied_requests_at_once,
        sockets_at_once=settings.max_proxied_sockets_at_once,
        sessions_of_team=settings.max_proxy_sessions,
    )
    live = Live(world, server_secret(settings), addresses, limits)
    await live.take_up()
    await live.open()
    return live


def _web(
    settings: Settings, store: Store, live: Live, deliveries: Deliveries, bundles: Bundles, proxy: Desk | None
) -> Web:
    clock = RealClock()
    return Web(
        store=store,
        live=live,
        clock=clock,
        chance=RealChance(),
        bundles=bundles,
        visitors=FindVisitors(store, live, clock),
        deliveries=deliveries,
        log_ins=LogIns(store, clock, RealChance()),
        proxy=proxy,
        options=WebOptions(
            public_url=settings.public_url,
            demo_url=settings.demo_url,
            viewer_endpoint=settings.viewer_endpoint,
            region=settings.region,
            frame_ancestors=settings.frame_ancestors,
            rest_requests_per_s=settings.max_rest_requests_per_s,
            max_body_bytes=settings.max_rest_body_bytes,
            retention_days=settings.retention_days,
        ),
    )


def _configure(settings: Settings, web: Web, closing: AsyncExitStack) -> uvicorn.Config:
    live, proxy, bundles = web.live, web.proxy, web.bundles
    door = make_door(
        live,
        DoorOptions(
            own_origins=frozenset({settings.public_url} if settings.public_url else ()),
            trust_forwarded_for=settings.behind_proxy,
            max_frame_bytes=settings.max_frame_bytes,
            max_control_bytes=settings.max_control_message_bytes,
        ),
        Socket if settings.nats_url is None else NodeSocket,
    )
    hop = None if settings.nats_url is None else AssetHop()
    if hop is not None:
        closing.push_async_callback(hop.close)
    app = make_app(web, asset_routes(live, hop))
    domain = proxy.base.host if proxy else None
    return uvicorn.Config(
        ByHost(ProxyDoor(proxy, bundles), app, proxy.base.host) if proxy else app,
        ws=door,
        http=make_http(door, domain),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips="*" if settings.behind_proxy else None,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
    )


class Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready and lets the peers know before it stops."""

    def __init__(self, config: uvicorn.Config, ready: str, drain: Callable[[], Awaitable[None]]) -> None:
        """Print `ready` when connections are accepted; `drain` before they are closed."""
        super().__init__(config)
        self._ready = ready
        self._drain = drain

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        await super().startup(sockets)
        # What lives now lives long: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        sys.stdout.write(f"{self._ready}\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the peers to come again, then stop."""
        _log.info("stopping")
        await self._drain()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM. Unlike uvicorn's own, does not raise them again: rooms are still to be closed."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; exits with words if the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        sys.exit(f"Cannot listen at {host}:{port}: {why}.")


def _address_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _raise_open_files() -> None:
    """Each visitor online is an open file; take as many as the system gives."""
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and hard < _FEW_FILES:
        _log.warning("few_open_files", limit=hard, was=soft, hint="raise the hard limit (ulimit -Hn) for many visitors")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # Windows.
        return None
    return uvloop.new_event_loop
