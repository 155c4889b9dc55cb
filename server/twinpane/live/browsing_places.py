"""Proxied addresses that reach us elsewhere: what agents' players ask for (F11), origins of visitors' sockets (W8)."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from twinpane.errors import FetchFailedError
from twinpane.live.assets import MAX_ASSET_BYTES, AskSite
from twinpane.live.browsing import Browsing, Browsings
from twinpane.live.world import World
from twinpane.ports.fetch import Fetched, Headers, Upstream, UpstreamAnswer, UpstreamRequest
from twinpane.rewrite.address import ProxyBase, Site, decode_host, encode_url, sid_of, site_of
from twinpane.rewrite.cookies import CookieRequest
from twinpane.rewrite.encoding import BodyDecoder, BodyError

_MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)


def asset_way(world: World, browsings: Browsings, team_id: int, short_id: str) -> AskSite | None:
    """Return the way to what this visitor's proxied pages have; None if there is no proxy."""
    upstream, base = world.upstream, world.proxy_base
    if upstream is None or base is None:
        return None

    async def ask(url: str) -> Fetched | None:
        found = _found(base, browsings, url)
        if found is None:
            return None
        browsing, site, path = found
        wanted = browsing.wanted
        # Agents of one visitor must not look through another visitor's eyes.
        if (wanted.team_id, wanted.visitor.short_id) != (team_id, short_id):
            return None
        return await _get(upstream, base, browsing, f"{site.origin}{path}", world.clock.now().timestamp())

    return ask


def is_proxied_for(base: ProxyBase | None, browsings: Browsings, team_id: int, origin: str | None) -> bool:
    """Whether an origin is that of a site in one of the team's own proxy sessions, which may connect."""
    found = _found(base, browsings, origin) if base and origin else None
    return found is not None and found[0].wanted.team_id == team_id


def _found(base: ProxyBase, browsings: Browsings, url: str) -> tuple[Browsing, Site, str] | None:
    """The session, site and path of a proxied address."""
    place = site_of(url)
    sid = sid_of(base, place.authority) if place else None
    browsing = browsings.get(sid) if sid else None
    if place is None or browsing is None:
        return None
    found = decode_host(base, place.authority, browsing.aliases)
    return (browsing, found[1], _path_of(url)) if found else None


async def _get(upstream: Upstream, base: ProxyBase, browsing: Browsing, url: str, now_s: float) -> Fetched:
    for _ in range(_MAX_REDIRECTS + 1):
        site = site_of(url)
        if site is None:
            raise FetchFailedError("The address redirects to none.")
        cookie = browsing.jar.cookie_header(CookieRequest(site, _path_of(url)), now_s)
        headers: Headers = [
            ("User-Agent", "Mozilla/5.0 (compatible; Twinpane)"),
            ("Accept", "*/*"),
            ("Accept-Encoding", "gzip, deflate, br, zstd"),
            ("Referer", f"{site.origin}/"),
            *([("Cookie", cookie)] if cookie else []),
        ]
        answer = await upstream.open(UpstreamRequest("GET", url, headers))
        try:
            location = _header(answer, "location")
            if answer.status in _REDIRECTS and location:
                url = urljoin(url, location)
                continue
            # Its own addresses are relative to the proxied one, so that they come with the jar again.
            own = encode_url(base, browsing.sid, url, browsing.aliases)
            return Fetched(own, answer.status, _header(answer, "content-type").lower(), await _read(answer))
        finally:
            answer.close()
    raise FetchFailedError("The address redirects too often.")


async def _read(answer: UpstreamAnswer) -> bytes:
    try:
        decoder = BodyDecoder(_header(answer, "content-encoding"), MAX_ASSET_BYTES)
        parts = [decoder.feed(chunk) async for chunk in answer.chunks()]
        return b"".join([*parts, decoder.close()])
    except BodyError as error:
        raise FetchFailedError("The resource is too large or cannot be unpacked.") from error


def _header(answer: UpstreamAnswer, name: str) -> str:
    return next((value for each, value in answer.headers if each.lower() == name), "")


def _path_of(url: str) -> str:
    rest = url.partition("#")[0].partition("://")[2]
    at = min((rest.find(mark) for mark in "/?" if mark in rest), default=len(rest))
    path = rest[at:]
    return path if path.startswith("/") else f"/{path}"
