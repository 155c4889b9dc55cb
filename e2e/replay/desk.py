"""The server's side of the replay page, played by a test: answers what a window asks of an address that nobody has."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

from playwright.sync_api import BrowserContext, Route
from twinpane.web.csp import stage, watch
from twinpane_protocol.envelope import Flag

from e2e.flow import ROOT
from e2e.watch import mirrored

ADDRESS = "https://replay.example"
LINK = f"{ADDRESS}/replay#token-of-the-recording"
SHELL = Template((ROOT / "server/twinpane/web/pages/replay.html").read_text())
STAGE = "<!doctype html><html><head></head><body></body></html>"
KINDS = {".js": "text/javascript", ".css": "text/css"}
Frame = tuple[int, bytes]
"""When, in ms, and what agents got then."""

# Op.Text (protocol/ts/facts.ts), and the number of the text that names the shop: the eighth node of its page.
TEXT, NAME = 10, 8


def says(at_ms: int, epoch: int, seq: int, words: str) -> Frame:
    return at_ms, mirrored.frame(epoch, seq, Flag(0), [mirrored.VERSION, TEXT, NAME, words])


def moves(at_ms: int, epoch: int, x: int, y: int) -> list[Frame]:
    return [(at_ms + step * 50, mirrored.pointer(epoch, x + step * 12, y + step * 5)) for step in range(30)]


def shop_visit(size: tuple[int, int] = (1280, 720)) -> list[Frame]:
    """A minute of a session: two pages, and long quiet."""
    return [
        (120, mirrored.snapshot(1, size)),
        *moves(200, 1, 60, 80),
        says(2_300, 1, 1, "Second words"),
        says(12_000, 1, 2, "Third words"),
        *moves(12_100, 1, 300, 200),
        (20_000, mirrored.snapshot(2, size)),
        says(65_000, 2, 1, "Last words"),
    ]


def broken_visit() -> list[Frame]:
    """What no player knows comes after the first words."""
    return [*shop_visit()[:32], (3_000, mirrored.frame(1, 2, Flag(0), [mirrored.VERSION, 999]))]


def packed(frames: Sequence[Frame]) -> bytes:
    return b"".join(struct.pack("<II", at_ms, len(frame)) + frame for at_ms, frame in frames)


@dataclass
class Desk:
    """What the window will be told."""

    assets: Path
    """The built bundles."""
    frames: Sequence[Frame] = field(default_factory=shop_visit)
    cut: int = 0
    """So many bytes of the end do not come."""
    told: dict[str, Any] = field(default_factory=dict)
    """Instead of what a usual recording tells of itself."""
    silent: tuple[str, ...] = ()
    """Is not answered: "recording", "frames"."""
    refusal: tuple[int, str] | None = None
    """Status and code of the answer to both."""
    is_gone: bool = False
    """Nothing can be reached but the page."""

    def serve(self, context: BrowserContext) -> None:
        context.route(f"{ADDRESS}/**", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if path == "/replay":
            route.fulfill(body=self._html(), headers=_page(watch(ADDRESS, ())))
        elif path == "/stage":
            route.fulfill(body=STAGE, headers=_page(stage(())))
        elif path.startswith("/static/"):
            file = self.assets / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        elif path.startswith("/replay/"):
            self._tell(route, path.removeprefix("/replay/"))
        else:
            route.fulfill(status=404)

    def _tell(self, route: Route, what: str) -> None:
        if self.is_gone:
            route.abort("connectionrefused")
        elif self.refusal:
            status, code = self.refusal
            route.fulfill(status=status, json={"status": "error", "error": code, "message": ""})
        elif what in self.silent:
            return
        elif what == "recording":
            route.fulfill(json={"status": "ok", "recording": self._recording()})
        else:
            stream = packed(self.frames)
            route.fulfill(body=stream[: len(stream) - self.cut], content_type="application/octet-stream")

    def _recording(self) -> dict[str, Any]:
        return {
            "session_id": "s1",
            "short_id": "ADA23456",
            "visitor_name": "Ada",
            "agents": [{"name": "Zoë Lind"}, {"name": "Grace Osei"}],
            "started_at": "2026-11-30T14:05:00Z",
            "length_ms": 66_000 if self.frames else 0,
            "byte_count": len(packed(self.frames)),
            "is_whole": True,
            "is_live": False,
            "assets": "/assets/token-of-assets/",
            **self.told,
        }

    def _html(self) -> str:
        names = json.loads((self.assets / "manifest.json").read_text())
        stylesheet = f'<link rel="stylesheet" href="/static/{names["replay.css"]}">'
        return SHELL.substitute(stylesheet=stylesheet, preloads="", script=f"/static/{names['replay.js']}")


def _page(policy: str) -> dict[str, str]:
    return {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
