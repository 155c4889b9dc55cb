from __future__ import annotations

import asyncio
import hashlib

import pytest
from twinpane_protocol.envelope import Envelope, Flag, Kind

from twinpane.blobs.memory import MemoryBlobs
from twinpane.errors import FetchFailedError, NotFoundError
from twinpane.live.assets import Asset, AssetDesk, asset_type, looks_public, owner_name
from twinpane.live.conftest import WebInMemory
from twinpane.live.errands import Errands
from twinpane.live.manual_clock import ManualClock
from twinpane.ports.fetch import Fetched

LOGO = "https://cdn.example/logo.png"
LOCAL = "http://localhost:3000/logo.png"


class Room:
    """A desk, a web, and a page that is asked."""

    def __init__(self, page: bool = True) -> None:
        self.web, self.clock, self.errands = WebInMemory(), ManualClock(), Errands()
        self.blobs = MemoryBlobs()
        self.asked: list[str] = []
        self.was_asked = asyncio.Event()
        self.page = page
        self.desk = AssetDesk(self.web, self.blobs, self.clock, self.errands, "1/AAAA2222", self._ask)

    def _ask(self, url: str) -> bool:
        self.asked.append(url)
        self.was_asked.set()
        return self.page

    async def wanted(self, url: str) -> asyncio.Task[Asset]:
        """Ask the desk, and wait until the page was asked."""
        self.was_asked.clear()
        task = asyncio.create_task(self.desk.get(url))
        await self.was_asked.wait()
        return task


def asset(head: bytes, body: bytes) -> bytes:
    return bytes(12) + len(head).to_bytes(4, "big") + head + body


ENVELOPE = Envelope(Kind.ASSET, Flag(0), 1, 0, 0)


async def test_f11_public_assets_come_from_the_web_and_are_fetched_once() -> None:
    room = Room()
    final = "https://cdn.example/v2/logo.png"
    room.web.pages[LOGO] = Fetched(final, 200, "image/png", b"logo")
    asset = (b"logo", "image/png", final)
    assert await asyncio.gather(room.desk.get(LOGO), room.desk.get(LOGO)) == [asset] * 2
    assert await room.desk.get(LOGO) == asset
    assert room.web.asked == [LOGO]
    assert room.asked == []


@pytest.mark.parametrize(
    "answer", [None, Fetched(LOGO, 403, "image/png", b"no"), Fetched(LOGO, 200, "text/html", b"<form>log in")]
)
async def test_f12_what_the_web_does_not_give_the_page_is_asked_for(answer: Fetched | None) -> None:
    room = Room()
    if answer is not None:
        room.web.pages[LOGO] = answer
    task = await room.wanted(LOGO)
    room.desk.supplied(ENVELOPE, asset(b'{"url":"%s","type":"image/png","status":200}' % LOGO.encode(), b"mine"))
    assert await task == (b"mine", "image/png", LOGO)


async def test_s5_what_the_page_offers_it_is_asked_for_first() -> None:
    """`proxyAssets` (F12): the visitor sees another picture than the server would get."""
    room = Room()
    room.web.pages[LOGO] = Fetched(LOGO, 200, "image/png", b"log in first")
    room.desk.offered(["https://cdn.example/*"])
    task = await room.wanted(LOGO)
    room.desk.supplied(ENVELOPE, asset(b'{"url":"%s","type":"image/png","status":200}' % LOGO.encode(), b"mine"))
    assert await task == (b"mine", "image/png", LOGO)
    assert room.web.asked == []


async def test_s5_what_the_page_offers_and_cannot_read_comes_from_the_web() -> None:
    room = Room()
    room.web.pages[LOGO] = Fetched(LOGO, 200, "image/png", b"logo")
    room.desk.offered(["*.png"])
    task = await room.wanted(LOGO)
    room.desk.missing(LOGO)
    assert (await task).body == b"logo"
    room.web.pages.clear()
    other = await room.wanted(LOGO + "?2.png")
    room.desk.missing(LOGO + "?2.png")
    with pytest.raises(NotFoundError):
        await other
    assert len(room.asked) == 2


async def test_f12_private_addresses_go_straight_to_the_page() -> None:
    room = Room()
    task = await room.wanted(LOCAL)
    room.desk.missing(LOCAL)
    with pytest.raises(NotFoundError):
        await task
    assert room.web.asked == []


async def test_r13_what_only_the_page_has_is_kept_as_the_visitors_own() -> None:
    room = Room()
    room.web.pages[LOGO] = Fetched(LOGO, 200, "image/png", b"public")
    waiting = await room.wanted(LOCAL)
    head = b'{"url":"http://localhost:3000/logo.png","type":"image/png","status":200}'
    assert room.desk.supplied(ENVELOPE, asset(head, b"private"))
    assert (await waiting).body == (await room.desk.get(LOCAL)).body == b"private"
    assert (await room.desk.get(LOGO)).body == b"public"
    assert len(room.asked) == 1
    private, public = (hashlib.sha256(body).hexdigest() for body in (b"private", b"public"))
    assert await room.blobs.get(private) is None
    await room.blobs.forget([owner_name(1, "AAAA2222")])
    assert await room.blobs.get(private, "1/AAAA2222") is None
    assert await room.blobs.get(public) is not None


async def test_f12_the_page_has_10_s_to_answer() -> None:
    room = Room()
    task = await room.wanted(LOCAL)
    room.clock.advance(10)
    with pytest.raises(FetchFailedError):
        await task


async def test_f12_without_a_page_or_after_the_end_there_is_nothing() -> None:
    with pytest.raises(NotFoundError):
        await Room(page=False).desk.get(LOCAL)
    room = Room()
    task = await room.wanted(LOCAL)
    room.desk.stop()
    with pytest.raises(NotFoundError):
        await task


async def test_w6_an_asset_frame_that_cannot_be_read_is_refused_and_an_unwanted_one_dropped() -> None:
    room = Room()
    for payload in (b"", b"\0\0\0\xff{}", b"\0\0\0\2[]", b"\0\0\0\x03{x}"):
        assert not room.desk.supplied(ENVELOPE, bytes(12) + payload)
    assert not room.desk.supplied(Envelope(Kind.ASSET, Flag.DEFLATED, 1, 0, 0), bytes(12) + b"not deflated")
    assert room.desk.supplied(ENVELOPE, asset(b'{"url":"https://x/","type":"image/png","status":200}', b"?"))
    with pytest.raises(NotFoundError):
        await room.desk.get("data:image/png;base64,AA")


@pytest.mark.parametrize(
    ("content_type", "url", "served"),
    [
        ("image/svg+xml", "x", "image/svg+xml"),
        ("text/css; charset=utf-8", "x", "text/css; charset=utf-8"),
        ("application/font-woff2", "x", "application/font-woff2"),
        ("application/octet-stream", "https://x/a.WOFF2?v=1", "font/woff2"),
        ("", "https://x/a.ttf#iefix", "font/ttf"),
        ("application/octet-stream", "https://x/a.exe", None),
        ("text/html", "https://x/a.png", None),
        ("application/javascript", "x", None),
        ("image", "x", None),
    ],
)
def test_f11_only_what_a_page_shows_or_plays_is_served(content_type: str, url: str, served: str | None) -> None:
    assert asset_type(content_type, url) == served


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://cdn.example/a.png", True),
        ("http://93.184.216.34/a", True),
        ("http://localhost/a", False),
        ("http://app.localhost:8080/a", False),
        ("http://intranet/a", False),
        ("http://printer.local/a", False),
        ("http://10.0.0.1/a", False),
        ("http://[::1]/a", False),
        ("blob:https://shop.example/1", False),
        ("http://[bad/a", False),
    ],
)
def test_p5_addresses_that_cannot_be_public_are_not_even_tried(url: str, public: bool) -> None:
    assert looks_public(url) is public
