"""Players, images with candidates and fonts that scripts add (F16)."""

from __future__ import annotations

import struct
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from .conftest import PIXEL
from .lively import Lively

if TYPE_CHECKING:
    from .conftest import Agent

pytestmark = pytest.mark.journey

ORIGIN = "http://agent.test"


def door(url: str) -> str:
    return f"/assets/secret/{quote(url, safe='')}"


def sound(length_s: int) -> bytes:
    """A silent WAV of 8-bit samples at 8 kHz."""
    count = 8000 * length_s
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + count, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8, b"data", count
    )
    return head + b"\x80" * count


def serve(agent: Agent, path: str, kind: str, body: bytes | str) -> None:
    """As a file of the visitor's site, and behind the asset door."""
    agent.files[path] = (kind, body)
    agent.assets[door(ORIGIN + path)] = (kind, body)


def test_f16_a_player_is_in_step_and_silent(any_agent: Agent, visitor_scripts: list[str]) -> None:
    # Written out whole, because the test's server cannot answer for parts, and then there is no seeking.
    source = f"data:audio/wav;base64,{b64encode(sound(10)).decode()}"
    both = Lively(any_agent, visitor_scripts, f"<audio id=a src='{source}' preload=auto></audio>")
    both.act("a.volume = 0.25; a.playbackRate = 1.5; a.muted = true")
    both.until("get('a').volume === 0.25 && get('a').playbackRate === 1.5 && get('a').muted && get('a').paused")
    both.act("a.currentTime = 7")
    both.until("Math.abs(get('a').currentTime - 7) < 0.1")
    both.act("a.muted = false; a.pause()")
    both.show()
    assert any_agent.look("doc.getElementById('a').muted") is True


def test_f16_modes_of_text_tracks_are_followed(any_agent: Agent, visitor_scripts: list[str]) -> None:
    html = "<video id=v><track kind=captions srclang=en><track kind=subtitles srclang=de></video>"
    both = Lively(any_agent, visitor_scripts, html, "v.textTracks[0].mode = 'hidden'")
    both.until("[...get('v').textTracks].map(({ mode }) => mode).join() === 'hidden,disabled'")
    both.act("v.textTracks[1].mode = 'showing'")
    both.until("[...get('v').textTracks].map(({ mode }) => mode).join() === 'hidden,showing'")


def test_f16_an_image_shows_the_candidate_that_the_visitor_has(any_agent: Agent, visitor_scripts: list[str]) -> None:
    for path in ("/one.png", "/two.png", "/wide.png"):
        serve(any_agent, path, "image/png", PIXEL)
    html = """<img id=i srcset="/one.png 1x, /two.png 2x" src=/one.png>
    <picture><source srcset="/wide.png" media="(min-width: 1px)"><img id=p src=/one.png></picture>"""
    both = Lively(any_agent, visitor_scripts, html, "await Promise.all([i.decode(), p.decode()])")
    ratio = both.visitor.evaluate("devicePixelRatio")
    wanted = door(ORIGIN + ("/two.png" if ratio > 1 else "/one.png"))
    both.until(f"get('i').currentSrc.endsWith('{wanted}') && get('i').srcset.endsWith('{'2x' if ratio > 1 else '1x'}')")
    both.until(f"get('p').currentSrc.endsWith('{door(ORIGIN + '/wide.png')}')")
    both.until("!doc.querySelector('source').hasAttribute('srcset')")
    both.act(
        """i.removeAttribute("src");
        await new Promise((loaded) => Object.assign(i, { onload: loaded, srcset: "/wide.png 4x" }));"""
    )
    both.until(f"get('i').currentSrc.endsWith('{door(ORIGIN + '/wide.png')}') && get('i').srcset.endsWith('4x')")
    both.assert_equal("chosen")


def test_f16_fonts_that_scripts_add_are_there(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<p id=a>a</p>")
    both.until("get('a')")
    faces = "[...doc.fonts].map(({ family, weight, status }) => `${family.replaceAll('\"', '')} ${weight} ${status}`)"
    both.act(
        """globalThis.bytes = new FontFace("FromBytes", new Uint8Array(40), { weight: "700" });
        document.fonts.add(bytes);
        document.fonts.add(new FontFace("FromAddress", "url(/font.woff2) format('woff2')", { style: "italic" }));"""
    )
    both.until(f"{faces}.join().startsWith('FromBytes 700') && {faces}.length === 2")
    both.act("document.fonts.delete(bytes)")
    both.until(f"{faces}.length === 1")
    assert both.act("return (await mirror.capture.supplyAsset(location.origin + '/other.woff2'))") is False
    any_agent.files["/font.woff2"] = ("font/woff2", "bytes")
    assert both.act("return (await mirror.capture.supplyAsset(location.origin + '/font.woff2'))") is True


def test_f16_a_font_made_from_bytes_is_supplied_by_the_page(any_agent: Agent, visitor_scripts: list[str]) -> None:
    both = Lively(any_agent, visitor_scripts, "<p id=a>a</p>")
    both.until("get('a')")
    both.act("document.fonts.add(new FontFace('FromBytes', new Uint8Array([1, 2, 3]).buffer))")
    both.until("doc.fonts.size === 1")
    sources = both.facts("Font")[0][4]
    address = sources.removeprefix('url("').removesuffix('")')
    assert address.startswith("blob:")
    assert both.act(f"return (await mirror.capture.supplyAsset('{address}'))") is True
    frame = bytes(both.act("return [...mirror.frames.at(-1)]"))
    assert frame.endswith(b"\x01\x02\x03")
    assert b"font/otf" in frame
    both.act("document.fonts.clear()")
    both.until("doc.fonts.size === 0")
    assert both.act(f"return (await mirror.capture.supplyAsset('{address}'))") is False
