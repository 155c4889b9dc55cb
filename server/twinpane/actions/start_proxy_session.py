"""Start a proxy session (R18, P1, P2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from twinpane.access.hosts import host_allowed
from twinpane.errors import InvalidRequestError
from twinpane.live.browsing import Wanted
from twinpane.live.registry import Live
from twinpane.ports.fetch import Upstream
from twinpane.ports.records import Team
from twinpane.rewrite.address import ProxyBase, encode_site, site_of

UNIQUE_ID_PARAMETER: Final = "___upscope_unique_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyWanted:
    """What R18's body asks for."""

    initial_url: str
    unique_id: str | None = None
    identities: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    metadata: dict[str, str | float | bool] = field(default_factory=dict)
    allowed_hosts: tuple[str, ...] = ()
    expires_in_s: int = 3600


@dataclass(frozen=True, slots=True)
class ProxyStarted:
    """A proxy session that waits for its visitor. `url` holds a one-time token; it is told only here."""

    url: str
    sid: str
    expires_at: datetime


def start_proxy_session(
    live: Live, upstream: Upstream, base: ProxyBase, team: Team, wanted: ProxyWanted, api: str, now: datetime
) -> ProxyStarted:
    """R18: a session with a visitor of its own, who is known before the first page is open.

    Raises InvalidRequestError for an address that is never fetched, ConflictError when the team has too many.
    """
    url, unique_id = take_out_unique_id(wanted.initial_url)
    unique_id = wanted.unique_id or unique_id
    site = site_of(url)
    if site is None:
        raise _not_this("This is not a web address.")
    if (why := upstream.refusal_of(url)) is not None:
        raise _not_this(why)
    if not host_allowed(site.host, wanted.allowed_hosts):
        raise _not_this("Its host is not among the allowed hosts.")
    expires_at = now + timedelta(seconds=wanted.expires_in_s)
    browsing, token = live.browsings.start(
        Wanted(
            team_id=team.id,
            public_key=team.public_key,
            visitor=live.introduce_visitor(team, _columns(wanted, unique_id, url)),
            unique_id=unique_id,
            api=api,
            allowed_hosts=wanted.allowed_hosts,
            expires_at=expires_at,
        )
    )
    parts = urlsplit(url)
    to = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    origin = encode_site(base, browsing.sid, site, browsing.aliases)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return ProxyStarted(f"{origin}/__tp/start?t={token}&to={quote(to, safe='/')}{fragment}", browsing.sid, expires_at)


def take_out_unique_id(url: str) -> tuple[str, str | None]:
    """P2: the address without our parameter, otherwise byte for byte, and the parameter's value."""
    front, hash_sign, fragment = url.partition("#")
    path, question_mark, query = front.partition("?")
    kept, unique_id = [], None
    for piece in query.split("&"):
        name, _, value = piece.partition("=")
        if unquote_plus(name) == UNIQUE_ID_PARAMETER:
            unique_id = unquote_plus(value)[:200] or None
        else:
            kept.append(piece)
    if len(kept) == query.count("&") + 1:
        return url, None
    query = "&".join(kept)
    return f"{path}{question_mark if query else ''}{query}{hash_sign}{fragment}", unique_id


def _columns(wanted: ProxyWanted, unique_id: str | None, url: str) -> dict[str, Any]:
    """What is known of the visitor; what the body does not name stays as it is in a new record."""
    given = {
        "unique_id": unique_id,
        "identities": wanted.identities,
        "tags": wanted.tags,
        "metadata": wanted.metadata,
        "last_url": url,
    }
    return {name: value for name, value in given.items() if value}


def _not_this(why: str) -> InvalidRequestError:
    return InvalidRequestError("This address cannot be opened.", fields={"initial_url": why})
