"""What the HTTP doors are given, once, by whoever wires the server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from starlette.requests import Request

from twinpane.actions.browse import Desk
from twinpane.actions.find_visitors import FindVisitors
from twinpane.actions.log_in import LogIns
from twinpane.actions.log_in_by_provider import ProviderLogIns
from twinpane.live.deliveries import Deliveries
from twinpane.live.registry import Live
from twinpane.ports.store import Store
from twinpane.ports.world import Chance, Clock
from twinpane.web.bundles import Bundle, Bundles

_HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """What the operator can set about the HTTP doors; see docs/settings.md."""

    public_url: str | None = None
    demo_url: str | None = None
    viewer_endpoint: str | None = None
    """Where embedded viewers connect; None: where the token was asked for (R17)."""
    region: str = "default"
    frame_ancestors: tuple[str, ...] = ("*",)
    rest_requests_per_s: int = 100
    max_body_bytes: int = 65_536
    retention_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The rooms and options behind the HTTP doors."""

    store: Store
    live: Live
    clock: Clock
    chance: Chance
    bundles: Bundles
    options: WebOptions = field(default_factory=WebOptions)
    visitors: FindVisitors
    deliveries: Deliveries
    log_ins: LogIns
    logo: Bundle | None = None
    provider_log_ins: ProviderLogIns | None = None
    """None: the operator named no OpenID provider."""
    proxy: Desk | None = None
    """None: this server has no domain for proxied sites."""


def web_of(request: Request) -> Web:
    """The rooms behind the app that serves a request."""
    web = request.app.state.web
    assert isinstance(web, Web)  # noqa: S101 - put there by make_app
    return web


def address_of(request: Request) -> str:
    """Our own address as `https://HOST`: as set, else as the request was sent to."""
    web = web_of(request)
    if web.options.public_url is not None:
        return web.options.public_url.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        name, port = request.scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else name
    return f"{request.scope['scheme']}://{host}"
