"""The proxy sessions of this node: in memory only, wiped at their end (P1, P4)."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import structlog
from twinpane_protocol.visitor import Credentials

from twinpane.access.throttle import Throttle
from twinpane.errors import ConflictError, RateLimitedError
from twinpane.live.browsing_figures import BrowsingFigures, Traffic
from twinpane.ports.world import Chance, Clock
from twinpane.rewrite.address import Aliases, Site
from twinpane.rewrite.cookies import CookieJar

START_LINK_LIFE: Final = timedelta(minutes=5)
_SID_CHARACTERS: Final = 12
_MAX_ALIASES: Final = 20_000
_ENDED_REMEMBERED: Final = 10_000
_WRITES_REMEMBERED: Final = 2_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsingLimits:
    """What one proxy session may use at once, and how many a team may have."""

    requests_at_once: int = 100
    sockets_at_once: int = 30
    requests_without_cookie_per_s: int = 200
    sessions_of_team: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a proxy session is for."""

    team_id: int
    public_key: str
    visitor: Credentials
    unique_id: str | None
    api: str
    """Our own address, from which proxied pages load the loader."""
    allowed_hosts: tuple[str, ...]
    expires_at: datetime


class _Noted(dict[str, Site]):
    """Aliases, of which the oldest go when there are too many: pages can name as many hosts as they like."""

    def __setitem__(self, alias: str, site: Site) -> None:
        if alias not in self and len(self) >= _MAX_ALIASES:
            del self[next(iter(self))]
        super().__setitem__(alias, site)


@dataclass(slots=True, eq=False)
class Browsing:
    """One proxy session. Everything the visitor is to the sites is in `jar`."""

    sid: str
    wanted: Wanted
    jar: CookieJar = field(default_factory=CookieJar)
    aliases: Aliases = field(default_factory=_Noted)
    scripts: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict)
    """Rewritten scripts by the hash of what came; see `actions.rewrite_body`."""
    tops: dict[Site, Site] = field(default_factory=dict)
    """Of a site that was shown in a frame: the site of the tab."""
    traffic: Traffic = field(default_factory=Traffic)
    requests: int = 0
    sockets: int = 0
    is_embedded: bool = False
    """Whether it was opened in a frame of another site."""
    _writes: dict[tuple[Site, str], None] = field(default_factory=dict)
    _start_tokens: dict[bytes, datetime] = field(default_factory=dict)
    _cookie_hash: bytes | None = None
    _hang_ups: set[Callable[[], None]] = field(default_factory=set)

    def add_start_token(self, token: str, now: datetime) -> None:
        """Let whoever has this token in, once, within 5 minutes."""
        self._start_tokens[_hash(token)] = min(now + START_LINK_LIFE, self.wanted.expires_at)

    def use_start_token(self, token: str, now: datetime) -> bool:
        """Use a token up; False if it is unknown, used or too old."""
        until = self._start_tokens.pop(_hash(token), None)
        return until is not None and now < until

    def knows_cookie(self, *secrets: str) -> bool:
        """Whether one of these is the session's cookie."""
        known = self._cookie_hash
        return known is not None and any(hmac.compare_digest(known, _hash(secret)) for secret in secrets)

    def set_cookie(self, secret: str) -> None:
        """Know this cookie, and no other any more."""
        self._cookie_hash = _hash(secret)

    def is_first(self, site: Site, write: str) -> bool:
        """Whether this write to `document.cookie`, by the name of the cookie that carries it, has not come before."""
        if (site, write) in self._writes:
            return False
        if len(self._writes) >= _WRITES_REMEMBERED:
            del self._writes[next(iter(self._writes))]
        self._writes[site, write] = None
        return True

    @contextmanager
    def hanging_up(self, hang_up: Callable[[], None]) -> Iterator[None]:
        """Call `hang_up` if the session ends meanwhile."""
        self._hang_ups.add(hang_up)
        try:
            yield
        finally:
            self._hang_ups.discard(hang_up)

    def wipe(self) -> None:
        """Forget everything, and end what still runs."""
        for hang_up in list(self._hang_ups):
            hang_up()
        self._cookie_hash = None
        self._start_tokens.clear()
        self._writes.clear()
        self.jar = CookieJar()
        self.aliases.clear()
        self.tops.clear()
        self.scripts.clear()


class Browsings:
    """All proxy sessions of this node."""

    def __init__(self, clock: Clock, chance: Chance, limits: BrowsingLimits | None = None) -> None:
        self.figures = BrowsingFigures()
        self.limits = limits or BrowsingLimits()
        self._clock = clock
        self._chance = chance
        self._throttle = Throttle(self.limits.requests_without_cookie_per_s)
        self._by_sid: dict[str, tuple[Browsing, Callable[[], None]]] = {}
        self._ended: OrderedDict[str, None] = OrderedDict()

    def start(self, wanted: Wanted) -> tuple[Browsing, str]:
        """Begin a session; returns it and its start token. Raises ConflictError when the team has too many."""
        if sum(each.wanted.team_id == wanted.team_id for each in self.all()) >= self.limits.sessions_of_team:
            raise ConflictError("Too many proxy sessions are open.")
        browsing = Browsing(self._new_sid(), wanted)
        token = self.new_start_token(browsing)
        wait_s = (wanted.expires_at - self._clock.now()).total_seconds()
        cancel = self._clock.call_later(wait_s, lambda: self.end(browsing.sid, "expired"))
        self._by_sid[browsing.sid] = (browsing, cancel)
        self.figures.started += 1
        return browsing, token

    def new_start_token(self, browsing: Browsing) -> str:
        """Make a token with which one browser can begin, within 5 minutes."""
        token = self._chance.token()
        browsing.add_start_token(token, self._clock.now())
        return token

    def open(self, browsing: Browsing, token: str) -> str | None:
        """Use up a start token; returns the secret for the browser's cookie, or None."""
        if not browsing.use_start_token(token, self._clock.now()):
            return None
        secret = self._chance.token()
        browsing.set_cookie(secret)
        return secret

    def get(self, sid: str) -> Browsing | None:
        """The session, if it runs."""
        found = self._by_sid.get(sid)
        return found[0] if found else None

    def has_ended(self, sid: str) -> bool:
        """Whether there was such a session not long ago."""
        return sid in self._ended

    def all(self) -> list[Browsing]:
        """All that run."""
        return [browsing for browsing, _ in self._by_sid.values()]

    def take_without_cookie(self, browsing: Browsing) -> None:
        """Count a request that came without the cookie. Raises RateLimitedError."""
        allowance = self._throttle.take(browsing.sid, self._clock.monotonic())
        if not allowance.allowed:
            raise RateLimitedError("Too many requests.", retry_after_s=max(1, round(allowance.retry_after_s)))

    @contextmanager
    def request(self, browsing: Browsing) -> Iterator[None]:
        """Hold one of the session's places for requests. Raises RateLimitedError."""
        if browsing.requests >= self.limits.requests_at_once:
            raise RateLimitedError("Too many requests at once.", retry_after_s=1)
        browsing.requests += 1
        try:
            yield
        finally:
            browsing.requests -= 1

    @contextmanager
    def socket(self, browsing: Browsing) -> Iterator[None]:
        """Hold one of the session's places for WebSockets. Raises RateLimitedError."""
        if browsing.sockets >= self.limits.sockets_at_once:
            raise RateLimitedError("Too many WebSockets at once.", retry_after_s=1)
        browsing.sockets += 1
        self.figures.sockets_open += 1
        try:
            yield
        finally:
            browsing.sockets -= 1
            self.figures.sockets_open -= 1

    def end(self, sid: str, reason: str) -> None:
        """End a session and forget what it knew. The log keeps which hosts it saw and how much, no more."""
        found = self._by_sid.pop(sid, None)
        if found is None:
            return
        browsing, cancel = found
        cancel()
        self._ended[sid] = None
        if len(self._ended) > _ENDED_REMEMBERED:
            self._ended.popitem(last=False)
        _log.info(
            "proxy_session_ended",
            sid=sid,
            team=browsing.wanted.team_id,
            visitor=browsing.wanted.visitor.short_id,
            reason=reason,
            **browsing.traffic.told(),
        )
        browsing.wipe()

    def end_all(self) -> None:
        """End all sessions; for the node's end."""
        for browsing in self.all():
            self.end(browsing.sid, "server stopped")

    def _new_sid(self) -> str:
        """60 bits. Names the session in host names, which others can see; the cookie is the secret."""
        return b32encode(_hash(self._chance.token()))[:_SID_CHARACTERS].decode().lower()


def _hash(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
