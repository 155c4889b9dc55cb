"""The body of an answer on its way to the browser: most pass untouched; pages, scripts and sheets are rewritten."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal

from twinpane.actions.page_config import page_heads, worker_prelude
from twinpane.errors import BrowsingError
from twinpane.live.browsing import Browsing
from twinpane.ports.fetch import Headers, UpstreamAnswer
from twinpane.rewrite.address import encode_url
from twinpane.rewrite.charset import TextDecoder
from twinpane.rewrite.css import proxied_css
from twinpane.rewrite.encoding import BodyDecoder, BodyEncoder, BodyError, choose_encoding, packed, unpacked
from twinpane.rewrite.html import HtmlRewriter
from twinpane.rewrite.js import proxied_js

if TYPE_CHECKING:
    from twinpane.actions.browse import Asked, Desk

Kind = Literal["page", "script", "worker", "sheet"]

_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")
_WORKERS: Final = ("worker", "sharedworker", "serviceworker")
_SCRIPTS: Final = ("script", "audioworklet", "paintworklet")
_NO_SCRIPT_TYPES: Final = ("image/", "audio/", "video/", "font/", "text/css", "text/html", "application/wasm")
_JSON: Final = re.compile(r"[/+]json$")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_THREAD_FROM_BYTES: Final = 50_000
_THREAD_FROM_PACKED_BYTES: Final = 10_000
# What is rewritten of a page before others have their turn: a few milliseconds.
_PAGE_STEP_CHARS: Final = 65_536
_MAX_KEPT_BYTES: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Rewriting:
    """All that it takes to rewrite one body."""

    desk: Desk
    browsing: Browsing
    asked: Asked
    answer: UpstreamAnswer
    now: datetime

    def encode(self, url: str) -> str:
        """The proxied address for one that stands in the body."""
        return encode_url(self.desk.base, self.browsing.sid, url, self.browsing.aliases, self.asked.site)

    def header(self, name: str) -> str:
        """A header of the answer, or nothing."""
        return next((value for each, value in self.answer.headers if each.lower() == name), "")

    @property
    def coding(self) -> str:
        """How the rewritten body is packed for the browser."""
        return choose_encoding(self.asked.header("accept-encoding"), self.header("content-encoding"))

    @property
    def max_bytes(self) -> int:
        """How large it may be, packed and unpacked."""
        return self.desk.options.max_page_bytes

    def unpacked(self, raw: bytes) -> bytes:
        """A body as it was before the site packed it. Raises BodyError."""
        return unpacked(raw, self.header("content-encoding"), self.max_bytes)

    @property
    def has_body(self) -> bool:
        """Whether there is anything to rewrite."""
        return self.asked.method != "HEAD" and self.answer.status not in (204, 205, 304)


def rewriting_of(asked: Asked, answer: UpstreamAnswer) -> Kind | None:
    """What to rewrite a body as; None: it passes untouched. Bodies that scripts fetch always do."""
    if answer.status == 206:
        return None
    said = next((value for name, value in answer.headers if name.lower() == "content-type"), "")
    kind = said.partition(";")[0].strip().lower()
    # What has not changed has no type; its tag is that of a rewritten body all the same.
    unchanged = answer.status == 304
    if asked.is_page:
        if _is_download(answer):
            return None
        return "page" if kind in _PAGE_TYPES or unchanged else None
    if asked.destination == "style":
        return "sheet" if kind == "text/css" or not kind else None
    if asked.destination not in (*_SCRIPTS, *_WORKERS) or kind.startswith(_NO_SCRIPT_TYPES) or _JSON.search(kind):
        return None
    return "worker" if asked.destination in _WORKERS else "script"


def _is_download(answer: UpstreamAnswer) -> bool:
    said = next((value for name, value in answer.headers if name.lower() == "content-disposition"), "")
    return said.strip().lower().startswith("attachment")


def typed(headers: Headers, kind: Kind) -> list[tuple[str, str]]:
    """The headers with the type of a rewritten body, which is in UTF-8."""
    said = next((value for name, value in headers if name.lower() == "content-type"), "")
    bare = said.partition(";")[0].strip() or {"page": "text/html", "sheet": "text/css"}.get(kind, "text/javascript")
    others = [each for each in headers if each[0].lower() != "content-type"]
    return [*others, ("Content-Type", f"{bare}; charset=utf-8")]


async def body_for(kind: Kind | None, rewriting: Rewriting) -> AsyncGenerator[bytes]:
    """The body for the browser. Raises BrowsingError for one that cannot be rewritten."""
    if kind is None:
        return rewriting.answer.chunks()
    if not rewriting.has_body:
        return _at_once(b"")
    if kind == "page":
        return await _begun(_packed(_page(rewriting), rewriting.coding))
    raw = await _raw(rewriting)
    try:
        if kind == "script":
            return _at_once(await _kept_script(rewriting, raw))
        work = _sheet if kind == "sheet" else _worker
        return _at_once(await _beside(rewriting, raw, lambda: packed(work(rewriting, raw), rewriting.coding)))
    except BodyError as error:
        raise _told(error) from error


async def _page(rewriting: Rewriting) -> AsyncGenerator[bytes]:
    """Rewrite as the page streams in."""
    text = TextDecoder(rewriting.header("content-type"))
    head, within = page_heads(rewriting.desk, rewriting.browsing, rewriting.asked, rewriting.now)
    page = HtmlRewriter(rewriting.encode, head, within)
    try:
        decoder = BodyDecoder(rewriting.header("content-encoding"), rewriting.max_bytes)
        async for chunk in rewriting.answer.chunks():
            known = text.feed(decoder.feed(chunk))  # Of a packed chunk that may be megabytes.
            for at in range(0, len(known), _PAGE_STEP_CHARS):
                if at:
                    await asyncio.sleep(0)
                if piece := page.feed(known[at : at + _PAGE_STEP_CHARS]):
                    yield piece.encode("utf-8", "surrogatepass")
        yield (page.feed(text.feed(decoder.close()) + text.close()) + page.finish()).encode("utf-8", "surrogatepass")
    except BodyError as error:
        raise _told(error) from error


async def _begun(body: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """Wait for the first piece, so that what cannot be read at all is still answered with a page of ours."""
    first = await anext(body, b"")

    async def all_of_it() -> AsyncGenerator[bytes]:
        yield first
        async for piece in body:
            yield piece

    return all_of_it()


async def _at_once(body: bytes) -> AsyncGenerator[bytes]:
    yield body


async def _packed(body: AsyncGenerator[bytes], coding: str) -> AsyncGenerator[bytes]:
    """Pack as it streams: the browser can show each piece when it comes."""
    encoder = BodyEncoder(coding)
    async for piece in body:
        yield encoder.feed(piece)
    yield encoder.close()


async def _raw(rewriting: Rewriting) -> bytes:
    """Read a body that is rewritten in one piece; it stays as the site packed it."""
    raw = bytearray()
    async for chunk in rewriting.answer.chunks():
        raw += chunk
        if len(raw) > rewriting.max_bytes:
            raise BrowsingError("too_large")
    return bytes(raw)


def _sheet(rewriting: Rewriting, raw: bytes) -> bytes:
    return proxied_css(rewriting.unpacked(raw), rewriting.header("content-type"), rewriting.encode)


def _script(rewriting: Rewriting, raw: bytes) -> bytes:
    body = rewriting.unpacked(raw)
    encoding = _encoding_of(body, rewriting.header("content-type"))
    changed = proxied_js(body, rewriting.encode, encoding=encoding)
    return changed if changed is not None else body if encoding == "utf-8" else body.decode(encoding).encode()


def _worker(rewriting: Rewriting, raw: bytes) -> bytes:
    script = _script(rewriting, raw)
    return worker_prelude(rewriting.desk, rewriting.browsing, rewriting.asked, script) + script


async def _kept_script(rewriting: Rewriting, raw: bytes) -> bytes:
    """Rewrite and pack a script, or take it from those that this session has had."""
    kept, coding = rewriting.browsing.scripts, rewriting.coding
    names = (
        rewriting.asked.site.scheme,
        coding,
        rewriting.header("content-encoding"),
        rewriting.header("content-type"),
    )
    key = blake2b(raw, digest_size=16, key=blake2b(" ".join(names).encode()).digest()).digest()
    if (script := kept.get(key)) is None:
        script = kept[key] = await _beside(rewriting, raw, lambda: packed(_script(rewriting, raw), coding))
    kept.move_to_end(key)
    while sum(map(len, kept.values())) > _MAX_KEPT_BYTES:
        kept.popitem(last=False)
    return script


async def _beside(rewriting: Rewriting, raw: bytes, job: Callable[[], bytes]) -> bytes:
    """Do what takes long for large bodies where it holds nobody else up."""
    is_packed = rewriting.header("content-encoding").strip().lower() not in ("", "identity")
    is_large = len(raw) > (_THREAD_FROM_PACKED_BYTES if is_packed else _THREAD_FROM_BYTES)
    return await asyncio.to_thread(job) if is_large else job()


def _encoding_of(body: bytes, said: str) -> str:
    found = _CHARSET.search(said)
    if found and found[1].lower() not in ("utf-8", "utf8"):
        try:
            body.decode(found[1])
        except (LookupError, UnicodeDecodeError):
            return "utf-8"
        return found[1]
    return "utf-8"


def _told(error: BodyError) -> BrowsingError:
    if error.code == "too_large":
        return BrowsingError("too_large")
    return BrowsingError("unreachable", "The site sent what cannot be unpacked.")
