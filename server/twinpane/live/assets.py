"""Images, fonts and style sheets of one session's page: from the web where public, else from the page (F11, F12)."""

from __future__ import annotations

import asyncio
import ipaddress
import zlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec
from twinpane_protocol.envelope import HEADER_BYTES, Envelope, Flag

from twinpane.access.globs import fits_any
from twinpane.errors import FetchFailedError, FetchRefusedError, NotFoundError
from twinpane.live.errands import Errands
from twinpane.ports.blobs import Blobs
from twinpane.ports.fetch import Fetch, Fetched
from twinpane.ports.world import Clock

MAX_ASSET_BYTES: Final = 16 * 1024 * 1024
MAX_URL_CHARACTERS: Final = 8000
PAGE_ANSWERS_WITHIN_S: Final = 10.0
_TYPES: Final = ("image/", "font/", "audio/", "video/", "application/font", "application/x-font")
_EXACT_TYPES: Final = ("text/css", "text/vtt", "application/vnd.ms-fontobject")
_FONT_ENDINGS: Final = {".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf"}
_PRIVATE_ENDINGS: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


AskSite = Callable[[str], Awaitable[Fetched | None]]


class Asset(NamedTuple):
    """An asset, and the address where redirects ended: what a style sheet's own addresses are relative to."""

    body: bytes
    content_type: str
    url: str


class AssetHead(msgspec.Struct, frozen=True):
    """What precedes the bytes in an asset frame."""

    url: str
    type: str
    status: int


class AssetDesk:
    """Supplies one session's assets; equal requests share one answer."""

    def __init__(
        self,
        fetch: Fetch,
        blobs: Blobs,
        clock: Clock,
        errands: Errands,
        owner: str,
        ask_page: Callable[[str], bool],
        ask_site: AskSite | None = None,
    ) -> None:
        """Take the ways to get assets; `ask_page` sends `asset_wanted` and tells whether there is a page to ask.

        What only the visitor could get is kept as `owner`'s, so that it goes when they are erased (R13).

        `ask_site` gets what a proxied page has, by its proxied address; it gives None for all other addresses.
        """
        self._fetch = fetch
        self._blobs = blobs
        self._clock = clock
        self._errands = errands
        self._ask_page = ask_page
        self._ask_site = ask_site
        self._owner = owner
        self._offered: Sequence[str] = ()
        self._tell: Callable[[str, Asset], None] = lambda _url, _asset: None
        self._known: dict[str, tuple[str, str, str]] = {}
        """By address: digest, owner, and where redirects ended."""
        self._pending: dict[str, asyncio.Future[Asset]] = {}
        self._asked: dict[str, asyncio.Future[Asset]] = {}

    async def get(self, url: str) -> Asset:
        """Return an asset. Raises NotFoundError, or FetchFailedError when nobody answered in time."""
        if len(url) > MAX_URL_CHARACTERS or urlsplit(url).scheme not in ("http", "https", "blob"):
            raise NotFoundError("This is not the address of an asset.")
        digest, owner, final_url = self._known.get(url, ("", "", ""))
        if digest and (kept := await self._blobs.get(digest, owner)):
            return Asset(*kept, final_url)
        pending = self._pending.get(url)
        if pending is None:
            pending = self._pending[url] = asyncio.get_running_loop().create_future()
            self._errands.run("asset", self._supply(url, pending))
        return await asyncio.shield(pending)

    def watch(self, tell: Callable[[str, Asset], None]) -> None:
        """Tell of each asset that is supplied from now on, with the address that the page has for it."""
        self._tell = tell

    def offered(self, globs: Sequence[str]) -> None:
        """Take addresses that the page wants to be asked for first: what the server would get is not what it sees."""
        self._offered = globs

    def supplied(self, envelope: Envelope, frame: bytes) -> bool:
        """Take an asset frame of the page; False if it cannot be read. One that nobody asked for is dropped."""
        try:
            head, body = _read_asset(frame[HEADER_BYTES:], bool(envelope.flags & Flag.DEFLATED))
        except (ValueError, zlib.error, msgspec.MsgspecError):
            return False
        if (asked := self._asked.get(head.url)) is not None and not asked.done():
            content_type = asset_type(head.type, head.url)
            if content_type is None or not 200 <= head.status < 300:
                asked.set_exception(NotFoundError("The page has no such asset."))
            else:
                asked.set_result(Asset(body, content_type, head.url))
        return True

    def missing(self, url: str) -> None:
        """Take the page's answer that it cannot supply an asset."""
        if (asked := self._asked.get(url)) is not None and not asked.done():
            asked.set_exception(NotFoundError("The page has no such asset."))

    def stop(self) -> None:
        """Answer all who still wait that there is nothing."""
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(NotFoundError("The session is over."))

    async def _supply(self, url: str, pending: asyncio.Future[Asset]) -> None:
        try:
            owner = self._owner
            is_asked_first = fits_any(url.partition("#")[0], self._offered)
            asset = await self._from_site(url)
            if asset is None and is_asked_first:
                asset = await self._from_page_if_there(url)
            if asset is None and (asset := await self._from_web(url)) is not None:
                owner = ""
            if asset is None and is_asked_first:
                raise NotFoundError("Neither the page nor the web has this asset.")
            asset = asset or await self._from_page(url)
            digest = await self._blobs.put(asset.body, asset.content_type, owner)
            self._known[url] = (digest, owner, asset.url)
            self._tell(url, asset)
            pending.set_result(asset)
        except Exception as error:
            pending.set_exception(error)
            pending.exception()  # Taken note of here, for whoever asked may be gone.
            if not isinstance(error, NotFoundError | FetchFailedError):
                raise
        finally:
            del self._pending[url]

    async def _from_site(self, url: str) -> Asset | None:
        try:
            fetched = await self._ask_site(url) if self._ask_site is not None else None
        except (FetchRefusedError, FetchFailedError):
            return None
        return _usable(fetched) if fetched is not None else None

    async def _from_web(self, url: str) -> Asset | None:
        if not looks_public(url):
            return None
        try:
            fetched = await self._fetch.get(url, MAX_ASSET_BYTES)
        except (FetchRefusedError, FetchFailedError):
            return None
        return _usable(fetched)

    async def _from_page_if_there(self, url: str) -> Asset | None:
        try:
            return await self._from_page(url)
        except (NotFoundError, FetchFailedError):
            return None

    async def _from_page(self, url: str) -> Asset:
        asked: asyncio.Future[Asset] = asyncio.get_running_loop().create_future()
        self._asked[url] = asked
        if not self._ask_page(url):
            asked.set_exception(NotFoundError("The asset cannot be fetched, and there is no page to ask."))
        stop = self._clock.call_later(PAGE_ANSWERS_WITHIN_S, lambda: _time_out(asked))
        try:
            return await asked
        finally:
            stop()
            del self._asked[url]


def owner_name(team_id: int, short_id: str) -> str:
    """Whose blobs a visitor's are."""
    return f"{team_id}/{short_id}"


def _usable(fetched: Fetched) -> Asset | None:
    content_type = asset_type(fetched.content_type, fetched.url)
    if content_type is None or fetched.status != 200:
        return None
    return Asset(fetched.body, content_type, fetched.url)


def looks_public(url: str) -> bool:
    """Whether an address is worth a try from here; the fetcher checks what it really is."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if urlsplit(url).scheme not in ("http", "https") or host.endswith(_PRIVATE_ENDINGS):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host


def asset_type(content_type: str, url: str) -> str | None:
    """Return the type to serve an asset with, or None: not an image, font, style sheet, sound, film or its titles."""
    bare = content_type.partition(";")[0].strip().lower()
    if bare.startswith(_TYPES) or bare in _EXACT_TYPES:
        return content_type
    if bare in ("application/octet-stream", "binary/octet-stream", ""):
        path = url.partition("?")[0].partition("#")[0].lower()
        return next((kind for ending, kind in _FONT_ENDINGS.items() if path.endswith(ending)), None)
    return None


def _read_asset(payload: bytes, deflated: bool) -> tuple[AssetHead, bytes]:
    if deflated:
        inflater = zlib.decompressobj(-15)
        payload = inflater.decompress(payload, MAX_ASSET_BYTES)
        if inflater.unconsumed_tail:
            raise ValueError("larger than an asset may be")
    head_end = 4 + int.from_bytes(payload[:4], "big")
    if head_end > len(payload):
        raise ValueError("shorter than its head")
    return msgspec.json.decode(payload[4:head_end], type=AssetHead), payload[head_end:]


def _time_out(asked: asyncio.Future[Asset]) -> None:
    if not asked.done():
        asked.set_exception(FetchFailedError("The page did not send the asset in time."))
