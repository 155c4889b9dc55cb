"""What real pages load from other hosts, answered on their own: the run depends on nobody else, and nothing fails."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from typing import Final

from PIL import Image, ImageDraw

# Where a package is named, the page gets what that host would serve.
PACKAGES: Final = {
    "unpkg.com/leaflet@1.0.3/": "leaflet/",
    "ajax.googleapis.com/ajax/libs/jquery/3.1.0/": "jquery/dist/",
    "cdnjs.cloudflare.com/ajax/libs/d3/3.5.17/": "d3/",
}
# Tiles of maps are asked for by scripts.
TILES: Final = re.compile(rb"https?://\{s\}\.tile\.(?:osm|openstreetmap)\.org/")
LOADED: Final = re.compile(
    rb"""(<(?:img|script|link|iframe|source|video)\b[^>]*?\s(?:src|href|poster)=["']?)(?:https?:)?//([^"'\s>]+)"""
)
PICTURES: Final = re.compile(rb"""(["'(])(?:https?:)?//([^"'()\s<>]+\.(?:png|jpe?g|gif))(?=["')])""")
CHECKED: Final = re.compile(rb"""\sintegrity=(?:"[^"]*"|'[^']*')""")
PREFIX: Final = "elsewhere/"
SIZE: Final = 256


def at_home(body: bytes) -> bytes:
    """Let a page or script ask the site itself for what it would load from other hosts."""
    body = LOADED.sub(rb"\1/elsewhere/\2", CHECKED.sub(b"", body))
    body = PICTURES.sub(rb"\1/elsewhere/\2", body)
    return TILES.sub(b"/elsewhere/tile.osm.org/", body)


def package_path(path: str) -> str | None:
    """The file of an installed package that an address elsewhere means, or none."""
    rest = path.removeprefix(PREFIX)
    return next((folder + rest.removeprefix(host) for host, folder in PACKAGES.items() if rest.startswith(host)), None)


def stand_in(path: str) -> tuple[str, bytes]:
    """Type and body for an address whose host is not here: a picture for a picture, else nothing."""
    kind = PurePosixPath(path).suffix
    if kind in {".png", ".jpg", ".jpeg", ".gif"} or "/" not in path.removeprefix(PREFIX):
        return "image/png", picture(path.removeprefix(PREFIX))
    return {".js": "text/javascript", ".html": "text/html"}.get(kind, "text/css"), b""


def picture(words: str) -> bytes:
    """A square that tells its name, in a colour of its own: a tile in a wrong place is seen."""
    colour = tuple(150 + sum(map(ord, words)) * step % 100 for step in (1, 7, 13))
    image = Image.new("RGB", (SIZE, SIZE), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE - 1, SIZE - 1), outline="gray")
    draw.text((8, 8), words, fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
